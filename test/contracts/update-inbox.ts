import { describe, expect, it } from 'vitest';
import type { UpdateInbox } from '../../src/application/ports/stores/chat/update-inbox.js';
import { longAgo, secondsLater } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for how updates are taken as they come. */
export function updateInboxContract(opened: () => OpenedStores): void {
  const inbox = () => opened().database.stores.updates;
  const taken = async (owner: string, at: Date, ids: readonly number[], finished: readonly number[] = []) => {
    const came = ids.map((id) => ({ id, body: { text: `update ${id}` }, person: '1' }));
    const how = { abandonedBefore: secondsLater(-60, at), finished };
    return [...(await inbox().take('bot', came, { owner, at }, how))].sort();
  };
  const left = async (updates: UpdateInbox, seconds: number) => {
    const before = { received: secondsLater(seconds), claimed: secondsLater(seconds - 60) };
    return (await updates.unfinished('bot', before, { all: 10, each: 10 })).map(({ id }) => id);
  };

  describe('as UpdateInbox', () => {
    it('keeps and takes what came in one step: one has it, until it must have died', async () => {
      expect(await taken('one', longAgo, [3, 1, 3])).toEqual([1, 3]);
      expect(await taken('two', secondsLater(30), [1, 2])).toEqual([2]);
      expect(await inbox().claim('bot', 1, { owner: 'two', at: secondsLater(30) }, secondsLater(-30))).toBe(
        false,
      );
      expect(await left(inbox(), 31)).toEqual([]);
      expect(await left(inbox(), 61)).toEqual([1, 3]);
      expect(await taken('two', secondsLater(61), [1, 3])).toEqual([1, 3]);
      expect(await inbox().dropClaims(['one'])).toBe(0);
      expect(await inbox().dropClaims(['two'])).toBe(3);
      expect(await left(inbox(), 62)).toEqual([1, 2, 3]);
    });

    it('takes what was kept before, as it was, and counts both as a try', async () => {
      await inbox().keep('bot', [{ id: 1, body: 'the first words' }], longAgo);
      expect(await taken('one', longAgo, [1, 2])).toEqual([1, 2]);
      for (const id of [1, 2]) await inbox().giveBack('bot', id, { error: 'a fault', isOurs: true });
      for (let tries = 1; tries < 20; tries += 1) {
        expect(await taken('one', longAgo, [1, 2])).toEqual([1, 2]);
        for (const id of [1, 2]) await inbox().giveBack('bot', id, { error: 'a fault', isOurs: true });
      }
      expect(await taken('one', longAgo, [1, 2])).toEqual([]);
      const dead = await inbox().giveUp('bot', longAgo, longAgo);
      expect(dead.map(({ body }) => body)).toEqual(
        expect.arrayContaining(['the first words', { text: 'update 2' }]),
      );
    });

    it('gives up what nobody can have in hand, whatever a clock wrote that was set back since', async () => {
      for (let tries = 0; tries < 20; tries += 1) {
        expect(await taken('one', secondsLater(7200), [1])).toEqual([1]);
        if (tries < 19) await inbox().giveBack('bot', 1, { error: 'a fault', isOurs: true });
      }
      expect(await inbox().giveUp('bot', longAgo, longAgo)).toHaveLength(1);
    });

    it('notes what was dealt with beside what it takes', async () => {
      expect(await taken('one', longAgo, [1, 2])).toEqual([1, 2]);
      expect(await taken('one', longAgo, [3], [1, 2])).toEqual([3]);
      expect(await taken('two', secondsLater(600), [1, 2])).toEqual([]);
      expect(await left(inbox(), 600)).toEqual([3]);
      expect(await taken('one', longAgo, [], [3])).toEqual([]);
      expect(await left(inbox(), 600)).toEqual([]);
    });

    it('takes none that has just ended and came again', async () => {
      expect(await taken('one', longAgo, [1])).toEqual([1]);
      expect(await taken('one', secondsLater(70), [1, 2], [1])).toEqual([2]);
      expect(await left(inbox(), 600)).toEqual([2]);
    });

    it('says whether anything is open at all', async () => {
      const isOpen = () => inbox().hasOpen(['bot', 'bot:photos'], secondsLater(1));
      expect(await isOpen()).toBe(false);
      await inbox().keep('another', [{ id: 1, body: 'not ours' }], longAgo);
      await inbox().claim('bot', 7, { owner: 'one', at: longAgo }, longAgo);
      expect(await isOpen()).toBe(false);
      await inbox().keep('bot:photos', [{ id: 1, body: 'a photo' }], longAgo);
      expect(await isOpen()).toBe(true);
      expect(await inbox().hasOpen(['bot', 'bot:photos'], longAgo)).toBe(false);
      await inbox().claim('bot:photos', 1, { owner: 'one', at: longAgo }, longAgo);
      expect(await isOpen()).toBe(true);
      await inbox().finish('bot:photos', 1);
      expect(await isOpen()).toBe(false);
    });

    it('notes several ends at once', async () => {
      expect(await taken('one', longAgo, [1, 2, 3])).toEqual([1, 2, 3]);
      await inbox().finish('bot', 1, 3);
      expect(await left(inbox(), 600)).toEqual([2]);
    });
  });
}
