import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageGenerator, Pending } from '../../src/application/ports/image-generator.js';
import { ProviderError, type ProviderTrouble } from '../../src/application/ports/provider-error.js';
import type { LoraOrder } from '../../src/domain/generation/image-order.js';
import type { Outcome } from '../../src/domain/generation/outcome.js';

/** How a submit that needs no upload can end. */
export type SubmitTrouble = Exclude<ProviderTrouble, 'not_uploaded'>;

/** What the suite needs to script, whatever stands behind the generator. */
export interface ImageGeneratorWorld {
  readonly generator: ImageGenerator;
  /** What becomes of jobs submitted from now on: `works` within a second, or fails by content policy. */
  fate(fate: 'works' | 'hangs' | 'is refused by policy'): void;
  /** The next submit ends so. */
  troubleNextSubmit(trouble: SubmitTrouble): void;
  /** The next question gets no answer. */
  troubleNextCheck(): void;
  /** Orders that the provider has taken, whether or not it could say so. */
  bought(): number;
  close(): Promise<void>;
}

export const contractOrder: LoraOrder = {
  endpoint: 'fal-ai/flux-lora',
  prompt: 'TOK on a bridge',
  loras: [{ url: 'https://example.com/tok.safetensors', scale: 1 }],
  imageSize: 'square',
  steps: 20,
  guidance: 3,
  count: 2,
  format: 'jpeg',
  safetyChecker: true,
};

const job = { reference: 'generation:1' };
const never = new AbortController().signal;

/** Holds for every ImageGenerator. */
export function imageGeneratorContract(name: string, open: () => Promise<ImageGeneratorWorld>): void {
  describe(`${name} as an ImageGenerator`, () => {
    let world: ImageGeneratorWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());

    it('gives each order a ticket of its own', async () => {
      const first = await world.generator.submit(contractOrder, job);
      const second = await world.generator.submit(contractOrder, job);
      expect(first).not.toBe(second);
      expect(world.bought()).toBe(2);
    });

    it('says pending first and then hands over as many images as were ordered', async () => {
      world.fate('works');
      const ticket = await world.generator.submit(contractOrder, job);
      const outcome = await end(world.generator, ticket);
      expect(outcome).toMatchObject({ kind: 'done', images: [{ flagged: false }, { flagged: false }] });
      if (outcome.kind === 'done') expect(typeof outcome.seed).toBe('bigint');
    });

    it('gives the same answer when asked again after the end', async () => {
      world.fate('works');
      const ticket = await world.generator.submit(contractOrder, job);
      const first = await end(world.generator, ticket);
      expect(await world.generator.check(ticket)).toEqual(first);
    });

    it('knows a running job as pending', async () => {
      world.fate('hangs');
      const ticket = await world.generator.submit(contractOrder, job);
      expect(await world.generator.check(ticket)).toMatchObject({ kind: 'pending' });
    });

    it('hands a failed job over as a value', async () => {
      world.fate('is refused by policy');
      const ticket = await world.generator.submit(contractOrder, job);
      expect(await end(world.generator, ticket)).toMatchObject({
        kind: 'failed',
        failure: { kind: 'content_policy' },
      });
    });

    it.each(['not_taken', 'no_access', 'endpoint_gone', 'refused'] as const)(
      'throws %s without buying anything',
      async (trouble) => {
        world.troubleNextSubmit(trouble);
        await expect(world.generator.submit(contractOrder, job)).rejects.toMatchObject({ trouble });
        expect(world.bought()).toBe(0);
      },
    );

    it('throws in_doubt when it may have bought, and buys exactly once', async () => {
      world.troubleNextSubmit('in_doubt');
      await expect(world.generator.submit(contractOrder, job)).rejects.toMatchObject({ trouble: 'in_doubt' });
      expect(world.bought()).toBe(1);
    });

    it('throws when a question gets no answer, and answers the next one', async () => {
      world.fate('hangs');
      const ticket = await world.generator.submit(contractOrder, job);
      world.troubleNextCheck();
      const error: unknown = await world.generator.check(ticket).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ trouble: 'not_taken' });
      expect(await world.generator.check(ticket)).toMatchObject({ kind: 'pending' });
    });

    it('says how far it is while it runs, and nothing once it is over', async () => {
      world.fate('hangs');
      const ticket = await world.generator.submit(contractOrder, job);
      expect(await world.generator.ask(ticket)).toMatchObject({ kind: 'pending' });
      await world.generator.cancel(ticket);
      expect(await world.generator.ask(ticket)).toBeNull();
      expect(await world.generator.check(ticket)).toMatchObject({ kind: 'failed' });
    });

    it('throws when it cannot say how far it is', async () => {
      world.fate('hangs');
      const ticket = await world.generator.submit(contractOrder, job);
      world.troubleNextCheck();
      await expect(world.generator.ask(ticket)).rejects.toMatchObject({ trouble: 'not_taken' });
    });

    it('watches until the end', async () => {
      world.fate('works');
      const ticket = await world.generator.submit(contractOrder, job);
      const seen = await all(world.generator.watch(ticket, never));
      expect(seen.every(({ kind }) => kind === 'pending')).toBe(true);
      expect(await world.generator.check(ticket)).toMatchObject({ kind: 'done' });
    });

    it('stops watching without an error when told to', async () => {
      world.fate('hangs');
      const ticket = await world.generator.submit(contractOrder, job);
      const stop = new AbortController();
      const seen: Pending[] = [];
      for await (const pending of world.generator.watch(ticket, stop.signal)) {
        seen.push(pending);
        stop.abort();
      }
      expect(seen).toHaveLength(1);
      expect(await all(world.generator.watch(ticket, stop.signal))).toEqual([]);
    });

    it('cancels a running job', async () => {
      world.fate('hangs');
      const ticket = await world.generator.submit(contractOrder, job);
      await world.generator.cancel(ticket);
      expect(await end(world.generator, ticket)).toMatchObject({
        kind: 'failed',
        failure: { kind: 'cancelled_elsewhere' },
      });
    });

    it('does not mind cancelling too late', async () => {
      world.fate('works');
      const ticket = await world.generator.submit(contractOrder, job);
      await end(world.generator, ticket);
      await world.generator.cancel(ticket);
      expect(await world.generator.check(ticket)).toMatchObject({ kind: 'done' });
    });
  });
}

/** Watches and asks as the program does, until there is an end. */
async function end(generator: ImageGenerator, ticket: string): Promise<Outcome> {
  for (;;) {
    await all(generator.watch(ticket, never));
    const outcome = await generator.check(ticket);
    if (outcome.kind !== 'pending') return outcome;
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
