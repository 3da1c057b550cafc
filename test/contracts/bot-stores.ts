import { describe, expect, it } from 'vitest';
import { maximumUpdateTries } from '../../src/application/policy/policy.js';
import { noPreferences } from '../../src/application/ports/stores/preference-store.js';
import { delivered } from '../../src/domain/generation/generation-transitions.js';
import { userId } from '../../src/domain/ids.js';
import { secondsAfter } from '../../src/domain/time.js';
import { anImageRow } from '../support/builders/a-stored-image.js';
import { givenGeneration, givenUser } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for the stores of what a bot remembers between two messages. */
export function botStoresContract(opened: () => OpenedStores): void {
  const stores = () => opened().database.stores;

  describe('as UpdateLog', () => {
    it('lets one take an update, and another only when the first must have died', async () => {
      const { updates } = stores();
      const claim = (now: Date, source = 'bot') =>
        updates.claim(source, 7, { owner: 'one', at: now }, secondsLater(-60, now));
      expect(await Promise.all([claim(longAgo), claim(longAgo)])).toContain(false);
      expect(await claim(secondsLater(30))).toBe(false);
      expect(await claim(longAgo, 'another bot')).toBe(true);
      expect(await claim(secondsLater(61))).toBe(true);
      await updates.finish('bot', 7);
      expect(await claim(secondsLater(600))).toBe(false);
    });

    it('keeps what came until it was dealt with, and hands out what nobody deals with', async () => {
      const { updates } = stores();
      const body = { update_id: 5, message: { text: 'in armor' } };
      const left = async (seconds: number) =>
        updates.unfinished(
          'bot',
          { received: secondsLater(seconds), claimed: secondsLater(seconds - 60) },
          { all: 10, each: 10 },
        );
      await updates.keep(
        'bot',
        [
          { id: 5, body },
          { id: 6, body },
        ],
        longAgo,
      );
      await updates.keep('bot', [{ id: 5, body: 'another' }], longAgo);
      await updates.keep('another bot', [{ id: 7, body }], longAgo);
      expect(await left(0)).toEqual([]);
      expect(await left(1)).toEqual([
        { id: 5, body },
        { id: 6, body },
      ]);
      expect(await updates.claim('bot', 5, { owner: 'one', at: longAgo }, secondsLater(-60))).toBe(true);
      expect(await updates.claim('bot', 6, { owner: 'one', at: longAgo }, secondsLater(-60))).toBe(true);
      expect(await left(1)).toEqual([]);
      expect(await left(61)).toEqual([
        { id: 5, body },
        { id: 6, body },
      ]);
      await updates.giveBack('bot', 6);
      expect(await left(1)).toEqual([{ id: 6, body }]);
      await updates.finish('bot', 5);
      await updates.giveBack('bot', 5);
      expect(await updates.claim('bot', 5, { owner: 'one', at: secondsLater(600) }, secondsLater(540))).toBe(
        false,
      );
      expect(await left(600)).toEqual([{ id: 6, body }]);
    });

    it('gives up an update that was tried too often, and has it tried again when told to', async () => {
      const { updates } = stores();
      const by = { owner: 'one', at: longAgo };
      const before = secondsLater(-60);
      await updates.keep('bot', [{ id: 9, body: { text: 'nasty' } }], longAgo);
      for (let outage = 0; outage < 2 * maximumUpdateTries; outage += 1) {
        expect(await updates.claim('bot', 9, by, before)).toBe(true);
        await updates.giveBack('bot', 9, { error: 'Telegram is away', isOurs: false });
      }
      // A process that dies with it counts as well.
      expect(await updates.claim('bot', 9, by, before)).toBe(true);
      await updates.dropClaims(['one']);
      for (let tries = 1; tries < maximumUpdateTries; tries += 1) {
        expect(await updates.giveUp('bot', before, secondsLater(5))).toEqual([]);
        expect(await updates.claim('bot', 9, by, before)).toBe(true);
        await updates.giveBack('bot', 9, { error: 'a fault \0 of ours', isOurs: true });
      }
      expect(await updates.claim('bot', 9, by, before)).toBe(false);
      const when = { received: secondsLater(600), claimed: secondsLater(600) };
      expect(await updates.unfinished('bot', when, { all: 10, each: 10 })).toEqual([]);
      const [dead] = await updates.giveUp('bot', before, secondsLater(5));
      expect(dead).toMatchObject({ id: 9, body: { text: 'nasty' }, deadAt: secondsLater(5) });
      expect(dead?.error).toContain('a fault');
      expect(await updates.giveUp('bot', before, secondsLater(5))).toEqual([]);
      expect((await updates.dead(10)).map(({ id }) => id)).toEqual([9]);
      expect(await updates.revive('bot', 9)).toBe(true);
      expect(await updates.revive('bot', 9)).toBe(false);
      expect(await updates.dead(10)).toEqual([]);
      expect(await updates.claim('bot', 9, by, before)).toBe(true);
    });

    it('may take a note of its own as often as it likes', async () => {
      const { updates } = stores();
      for (let tap = 0; tap < 2 * maximumUpdateTries; tap += 1) {
        const at = secondsLater(10 * tap);
        expect(await updates.claim('tap:1', 0, { owner: 'one', at }, secondsLater(10 * tap - 3))).toBe(true);
      }
    });

    it('counts one that was set aside as dealt with, unless it was kept before', async () => {
      const { updates } = stores();
      const body = { text: 'in armor' };
      await updates.keep('bot', [{ id: 3, body }], longAgo);
      await updates.setAside('bot', { id: 3, body }, longAgo);
      await updates.setAside('bot', { id: 4, body }, longAgo);
      const soon = { received: secondsLater(1), claimed: longAgo };
      expect((await updates.unfinished('bot', soon, { all: 9, each: 9 })).map(({ id }) => id)).toEqual([3]);
      expect(await updates.claim('bot', 4, { owner: 'one', at: secondsLater(9) }, secondsLater(8))).toBe(
        false,
      );
    });

    it('hands out the oldest of each person, however much one of them has sent', async () => {
      const { updates } = stores();
      const from = (person: string, ...ids: number[]) => ids.map((id) => ({ id, body: id, person }));
      await updates.keep('bot', [...from('loud', 1, 2, 3, 4, 5), ...from('quiet', 6, 7)], longAgo);
      await updates.keep(
        'bot',
        [
          { id: 8, body: 8 },
          { id: 9, body: 9 },
        ],
        longAgo,
      );
      const before = { received: secondsLater(1), claimed: secondsLater(1) };
      const ids = async (all: number, each: number) =>
        (await updates.unfinished('bot', before, { all, each })).map(({ id }) => id);
      expect(await ids(10, 3)).toEqual([1, 2, 3, 6, 7, 8, 9]);
      expect(await ids(5, 3)).toEqual([1, 2, 6, 8, 9]);
    });

    it('does not wait for a time that only a clock can have written which was set back since', async () => {
      const { updates } = stores();
      const ahead = secondsLater(7200);
      await updates.keep(
        'bot',
        [
          { id: 1, body: 1 },
          { id: 2, body: 2 },
        ],
        ahead,
      );
      expect(await updates.claim('bot', 2, { owner: 'one', at: ahead }, secondsLater(7140))).toBe(true);
      const before = { received: secondsLater(0), claimed: secondsLater(-60) };
      const left = await updates.unfinished('bot', before, { all: 9, each: 9 });
      expect(left.map(({ id }) => id)).toEqual([1, 2]);
      expect(await updates.claim('bot', 2, { owner: 'two', at: secondsLater(0) }, secondsLater(-60))).toBe(
        true,
      );
    });

    it('gives back what the dead had in hand, and nothing else', async () => {
      const { updates } = stores();
      const by = (owner: string) => ({ owner, at: longAgo });
      const bodies = [1, 2, 3, 4].map((id) => ({ id, body: `update ${id}` }));
      await updates.keep('bot', bodies, longAgo);
      for (const [id, owner] of [
        [1, 'dead'],
        [2, 'alive'],
        [3, 'dead'],
        [4, 'also dead'],
      ] as const)
        expect(await updates.claim('bot', id, by(owner), longAgo)).toBe(true);
      await updates.finish('bot', 3);
      expect(await updates.dropClaims([])).toBe(0);
      expect(await updates.dropClaims(['dead', 'also dead'])).toBe(2);
      expect(await updates.dropClaims(['dead', 'also dead'])).toBe(0);
      const received = secondsLater(1);
      const free = await updates.unfinished('bot', { received, claimed: longAgo }, { all: 10, each: 10 });
      expect(free.map(({ id }) => id)).toEqual([1, 4]);
      expect(await updates.claim('bot', 1, by('alive'), longAgo)).toBe(true);
    });

    it('forgets what is old', async () => {
      const { updates } = stores();
      await updates.claim('bot', 1, { owner: 'one', at: longAgo }, longAgo);
      await updates.claim('bot', 2, { owner: 'one', at: secondsLater(10) }, longAgo);
      expect(await updates.forget(secondsLater(5))).toBe(1);
      expect(await updates.claim('bot', 1, { owner: 'one', at: longAgo }, longAgo)).toBe(true);
      expect(await updates.claim('bot', 2, { owner: 'one', at: longAgo }, longAgo)).toBe(false);
    });
  });

  describe('as JobMessageStore', () => {
    const lastTurnAt = (seconds: number) => ({
      shown: secondsLater(seconds - 3),
      drafted: secondsLater(seconds - 5),
    });
    const aMessage = async () => {
      const { id: generation } = await givenGeneration(stores());
      return { generation, source: 'bot', chat: -100_123_456_789, message: 12, language: 'ru' };
    };

    it('keeps the last message of a job until it is removed', async () => {
      const { jobMessages } = stores();
      const message = await aMessage();
      await jobMessages.remember({ ...message, message: 1 }, longAgo);
      await jobMessages.remember(message, longAgo);
      const kept = { ...message, draftedAt: null };
      expect(await jobMessages.find(message.generation)).toEqual(kept);
      expect(await jobMessages.findAt('bot', message)).toEqual(kept);
      expect(await jobMessages.findAt('another', message)).toBeNull();
      expect(await jobMessages.findAt('bot', { ...message, message: 1 })).toBeNull();
      expect(await jobMessages.remove(message.generation)).toEqual(kept);
      expect(await jobMessages.remove(message.generation)).toBeNull();
      expect(await jobMessages.find(message.generation)).toBeNull();
    });

    it('tells whether its job has ended and the person knows it', async () => {
      const { jobMessages } = stores();
      const place = { source: 'bot', chat: 1, message: 2, language: 'en' };
      const isTold = async (generation: Parameters<typeof givenGeneration>[1]) =>
        jobMessages.remember(
          { ...place, generation: (await givenGeneration(stores(), generation)).id },
          longAgo,
        );
      expect(await isTold({ status: 'accepted' })).toBe(false);
      expect(await isTold({ status: 'submitted' })).toBe(false);
      expect(await isTold({ status: 'collected' })).toBe(false);
      expect(await isTold({ status: 'cancelled' })).toBe(false);
      expect(await isTold({ status: 'cancelled', ...{ announcedAt: longAgo } })).toBe(true);
      expect(await isTold({ status: 'delivered' })).toBe(true);
    });

    it('gives one turn to show news for each pause', async () => {
      const { jobMessages } = stores();
      const message = await aMessage();
      await jobMessages.remember(message, longAgo);
      const turn = (seconds: number) =>
        jobMessages.takeTurn(message.generation, secondsLater(seconds), lastTurnAt(seconds));
      const turns = (source: string, seconds: number) =>
        jobMessages.takeTurns(source, secondsLater(seconds), lastTurnAt(seconds), 9);
      expect(await turn(2)).toBeNull();
      const taken = expect.objectContaining(message);
      expect(await Promise.all([turn(3), turn(3)])).toEqual(expect.arrayContaining([taken, null]));
      expect(await turns('bot', 5)).toEqual([]);
      expect(await turns('another', 9)).toEqual([]);
      expect(await turns('bot', 9)).toEqual([taken]);
    });

    it('does not wait for a time that only a clock can have written which was set back since', async () => {
      const { jobMessages } = stores();
      const message = await aMessage();
      await jobMessages.remember(message, secondsLater(7200));
      const turn = (seconds: number) =>
        jobMessages.takeTurn(message.generation, secondsLater(seconds), lastTurnAt(seconds));
      expect(await turn(7210)).toMatchObject({ draftedAt: secondsLater(7210) });
      expect(await turn(3)).toMatchObject({ draftedAt: secondsLater(3) });
      expect(await turn(4)).toBeNull();
      await jobMessages.remember(message, secondsLater(7200));
      expect(await jobMessages.takeTurns('bot', secondsLater(5), lastTurnAt(5), 9)).toHaveLength(1);
    });

    it('lets the oldest message of a chat show a draft, and not at every turn', async () => {
      const { jobMessages } = stores();
      const [first, second] = [await aMessage(), { ...(await aMessage()), message: 13 }];
      const elsewhere = { ...(await aMessage()), chat: 5, message: 20 };
      const otherBot = { ...(await aMessage()), source: 'another', message: 1 };
      for (const message of [first, second, elsewhere, otherBot])
        await jobMessages.remember(message, longAgo);
      /** Those that may, of all that have their turn. */
      const drafting = async (seconds: number) => {
        const now = secondsLater(seconds);
        const turns = await jobMessages.takeTurns('bot', now, lastTurnAt(seconds), 9);
        return turns.flatMap(({ message, draftedAt }) =>
          draftedAt?.getTime() === now.getTime() ? [message] : [],
        );
      };
      expect((await drafting(3)).sort()).toEqual([first.message, elsewhere.message]);
      expect(await drafting(6)).toEqual([]);
      expect((await drafting(9)).sort()).toEqual([first.message, elsewhere.message]);
      expect(await jobMessages.find(first.generation)).toMatchObject({ draftedAt: secondsLater(9) });
      expect(await jobMessages.find(second.generation)).toMatchObject({ draftedAt: null });
      await jobMessages.remove(first.generation);
      const next = await jobMessages.takeTurn(second.generation, secondsLater(12), lastTurnAt(12));
      expect(next).toMatchObject({ draftedAt: secondsLater(12) });
    });
  });

  describe('as SentFileStore', () => {
    it('knows the handles of one bot and one form', async () => {
      const { sentFiles, images } = stores();
      const { id: generation } = await givenGeneration(stores(), { status: 'collected' });
      const image = anImageRow({ generation });
      await images.add([image]);
      const file = { source: 'bot', image: image.id, form: 'photo' } as const;
      await sentFiles.remember({ ...file, handle: 'old', place: null });
      await sentFiles.remember({ ...file, handle: 'new', place: null });
      expect(await sentFiles.handles('bot', 'photo', [image.id, nextUuid()])).toEqual(
        new Map([[image.id, 'new']]),
      );
      expect(await sentFiles.handles('bot', 'document', [image.id])).toEqual(new Map());
      expect(await sentFiles.handles('another', 'photo', [image.id])).toEqual(new Map());
      await sentFiles.forget(file);
      expect(await sentFiles.handles('bot', 'photo', [image.id])).toEqual(new Map());
    });

    it('remembers the handles of a bot’s own pictures, the latest of each', async () => {
      const { sentFiles } = stores();
      const name = `card ${nextUuid()}`;
      expect(await sentFiles.ownHandle('bot', name)).toBeNull();
      await sentFiles.rememberOwn('bot', name, 'old');
      await sentFiles.rememberOwn('bot', name, 'new');
      expect(await sentFiles.ownHandle('bot', name)).toBe('new');
      expect(await sentFiles.ownHandle('another', name)).toBeNull();
    });

    it('knows where an image stands until it is taken away there', async () => {
      const { sentFiles, images, jobMessages } = stores();
      const { id: generation } = await givenGeneration(stores(), { status: 'collected' });
      const [image, other] = [anImageRow({ generation }), anImageRow({ generation, position: 1 })];
      await images.add([image, other]);
      const [photo, file] = [
        { chat: -100_123_456_789, message: 7 },
        { chat: 5, message: 9 },
      ];
      const sent = { source: 'bot', image: image.id, handle: 'h', form: 'photo' } as const;
      await jobMessages.remove(generation, [
        { ...sent, place: photo },
        { ...sent, image: other.id, place: { chat: 5, message: 8 } },
      ]);
      await sentFiles.remember({ ...sent, form: 'document', place: file });
      // Shown on a screen meanwhile: the message that stays is still known.
      await sentFiles.remember({ ...sent, handle: 'newer', place: null });
      expect(await sentFiles.imageAt('bot', file)).toBe(image.id);
      expect(await sentFiles.imageAt('another', file)).toBeNull();
      expect(await sentFiles.imageAt('bot', { ...file, chat: 77 })).toBeNull();
      expect(await sentFiles.imageAt('bot', { ...file, message: 77 })).toBeNull();
      expect(await sentFiles.takePlaces('another', [image.id])).toEqual([]);
      expect(await sentFiles.takePlaces('bot', [])).toEqual([]);
      const places = await sentFiles.takePlaces('bot', [image.id, nextUuid()]);
      expect(new Set(places)).toEqual(new Set([photo, file]));
      expect(await sentFiles.takePlaces('bot', [image.id])).toEqual([]);
      expect(await sentFiles.handles('bot', 'photo', [image.id])).toEqual(new Map([[image.id, 'newer']]));
    });
  });

  describe('as FollowUpStore', () => {
    const anOwed = async (status: 'collected' | 'delivered', takenAt = longAgo) => {
      const { id: generation } = await givenGeneration(stores(), { status });
      return { generation, source: 'bot', takenAt, hasButtons: false };
    };
    const take = (seconds: number) =>
      stores().followUps.take('bot', secondsLater(seconds), secondsLater(seconds - 3), 9);

    it('is owed for what is still to be handed over, and due once that was', async () => {
      const { followUps, generations } = stores();
      const owed = await anOwed('collected');
      const late = await anOwed('delivered');
      await followUps.owe({ ...owed, hasButtons: true });
      await followUps.owe(owed);
      await followUps.owe(late);
      expect(await followUps.keep(late, longAgo)).toBeNull();
      expect(await take(3)).toEqual([]);
      const job = await generations.find(owed.generation);
      if (job?.status !== 'collected') return expect.fail();
      const { next, effects } = delivered(job, secondsLater(1));
      expect(effects).toEqual([]);
      await generations.save(next, { status: 'collected' }, { checkAfter: longAgo });
      expect(await followUps.take('another', secondsLater(9), secondsLater(6), 9)).toEqual([]);
      expect(await take(2)).toEqual([]);
      expect(await take(3)).toEqual([{ ...owed, takenAt: secondsLater(3) }]);
      expect(await take(5)).toEqual([]);
    });

    it('does not wait for a time that only a clock can have written which was set back since', async () => {
      const owed = await anOwed('collected', secondsLater(7200));
      const { followUps, generations } = stores();
      await followUps.owe(owed);
      const job = await generations.find(owed.generation);
      if (job?.status !== 'collected') return expect.fail();
      const { next } = delivered(job, secondsLater(1));
      await generations.save(next, { status: 'collected' }, { checkAfter: longAgo });
      expect(await take(3)).toHaveLength(1);
      expect(await take(5)).toEqual([]);
    });

    it('is kept by one of those who work on it', async () => {
      const { followUps } = stores();
      const owed = await anOwed('collected');
      await followUps.owe(owed);
      const changed = { ...owed, hasButtons: true };
      const both = await Promise.all([
        followUps.keep(changed, secondsLater(1)),
        followUps.keep(changed, secondsLater(1)),
      ]);
      expect(both).toEqual(expect.arrayContaining([{ ...changed, takenAt: secondsLater(1) }, null]));
      await followUps.done(owed.generation);
      expect(await followUps.keep({ ...changed, takenAt: secondsLater(1) }, secondsLater(2))).toBeNull();
    });
  });

  describe('as PreferenceStore', () => {
    it('changes what is given and nothing else', async () => {
      const { id } = await givenUser(stores());
      const { preferences } = stores();
      expect(await preferences.of(id)).toEqual(noPreferences);
      await preferences.change(id, { language: 'ru', count: 4, confirmOrders: true });
      await preferences.change(id, { promptHelp: 'enrich', notifications: false });
      await preferences.change(id, { count: null });
      await preferences.change(id, {});
      expect(await preferences.of(id)).toEqual({
        ...noPreferences,
        language: 'ru',
        promptHelp: 'enrich',
        notifications: false,
        confirmOrders: true,
      });
    });
  });

  describe('as FormStore, PendingReplyStore, RecipeStore and GalleryViewStore', () => {
    it('brings a form back to its owner only', async () => {
      const { id: owner } = await givenUser(stores());
      const form = {
        id: nextUuid(),
        owner,
        prompt: null,
        suggestion: null,
        choices: { avatar: null, preset: 'fast', aspectRatio: null, count: 1 },
        overrides: { seed: 4_294_967_295 },
        picture: { source: 'images/a/0.jpg', change: 0.7 },
        recipe: nextUuid(),
        origin: { transport: 'telegram', address: { chat: 1 } },
        createdAt: longAgo,
      } as const;
      await stores().forms.save(form);
      expect(await stores().forms.findOwned(owner, form.id)).toEqual(form);
      await stores().forms.save({ ...form, prompt: 'a knight', picture: null });
      const saved = { ...form, prompt: 'a knight', picture: null };
      expect(await stores().forms.findOwned(owner, form.id)).toEqual(saved);
      expect(await stores().forms.findOwned(somebodyElse, form.id)).toBeNull();
    });

    it('knows the latest form in which its owner said something', async () => {
      const { id: owner } = await givenUser(stores());
      const { forms } = stores();
      expect(await forms.lastSaid(owner)).toBeNull();
      const form = (prompt: string | null, seconds: number) => ({
        ...{ id: nextUuid(), owner, prompt, suggestion: null, overrides: {}, picture: null, recipe: null },
        choices: { avatar: null, preset: 'fast' as const, aspectRatio: null, count: 1 },
        origin: { transport: 'telegram', address: { chat: 1 } },
        createdAt: secondsLater(seconds),
      });
      const latest = form('a knight', 2);
      for (const each of [form(null, 3), latest, form('a wall', 1)]) await forms.save(each);
      expect(await forms.lastSaid(owner)).toEqual(latest);
      expect(await forms.lastSaid(somebodyElse)).toBeNull();
    });

    it('expects one thing of each kind of a person in a chat, the newest first', async () => {
      const { id: owner } = await givenUser(stores());
      const { pendingReplies } = stores();
      const prompt = { owner, chat: '1', kind: 'prompt', subject: 'a form' } as const;
      const name = { ...prompt, kind: 'avatar-name', subject: 'an avatar' } as const;
      const later = (seconds: number) => secondsAfter(longAgo, seconds);
      await pendingReplies.expect({ ...prompt, subject: 'an earlier form' }, longAgo);
      await pendingReplies.expect(name, later(1));
      await pendingReplies.expect(prompt, later(2));
      expect(await pendingReplies.list(owner, '1')).toEqual([prompt, name]);
      expect(await pendingReplies.list(owner, '2')).toEqual([]);
      expect(await pendingReplies.list(somebodyElse, '1')).toEqual([]);
      await pendingReplies.expect(name, later(3));
      expect(await pendingReplies.list(owner, '1')).toEqual([name, prompt]);
      await pendingReplies.clear(owner, '1', 'avatar-name');
      await pendingReplies.clear(owner, '1', 'gallery-page');
      expect(await pendingReplies.list(owner, '1')).toEqual([prompt]);
    });

    it('shares a job once', async () => {
      const { id: generation, owner } = await givenGeneration(stores());
      const recipe = {
        id: nextUuid(),
        owner,
        generation,
        prompt: 'a knight',
        preset: 'fast',
        overrides: { count: 2 },
        createdAt: longAgo,
      } as const;
      expect(await stores().recipes.share(recipe)).toEqual(recipe);
      expect(await stores().recipes.share({ ...recipe, id: nextUuid() })).toEqual(recipe);
      expect(await stores().recipes.find(recipe.id)).toEqual(recipe);
      expect(await stores().recipes.find(nextUuid())).toBeNull();
    });

    it('finds and shares no recipe that was hidden', async () => {
      const { owner, id: generation } = await givenGeneration(stores());
      const shared = { id: nextUuid(), owner, generation, prompt: 'a knight', preset: 'fast' } as const;
      const recipe = { ...shared, overrides: {}, createdAt: longAgo };
      await stores().recipes.share(recipe);
      await stores().recipes.hide(nextUuid(), longAgo);
      expect(await stores().recipes.find(recipe.id)).toEqual(recipe);
      await stores().recipes.hide(recipe.id, longAgo);
      expect(await stores().recipes.find(recipe.id)).toBeNull();
      expect(await stores().recipes.share({ ...recipe, id: nextUuid() })).toBeNull();
    });

    it('brings a gallery view back to its owner only', async () => {
      const { id: owner } = await givenUser(stores());
      const { galleryViews } = stores();
      const view = { id: nextUuid(), owner, filter: { words: '%' }, selection: [], removed: [] };
      await galleryViews.save(view, longAgo);
      const picked = { ...view, selection: [nextUuid(), nextUuid()], removed: [nextUuid()] };
      await galleryViews.save(picked, longAgo);
      expect(await galleryViews.findOwned(owner, view.id)).toEqual(picked);
      expect(await galleryViews.findOwned(userId('404'), view.id)).toBeNull();
    });
  });
}
