import type { ProviderEvent } from '../../../src/application/ports/provider-webhooks.js';
import type { Failure } from '../../../src/domain/failure.js';
import { type Generation, referenceOf } from '../../../src/domain/generation/generation.js';
import type { Outcome } from '../../../src/domain/generation/outcome.js';

type Over<Kind extends Outcome['kind']> = Extract<Outcome, { kind: Kind }>;

/** A job that ended well: one image per entry of `flagged`. */
export const done = (changes: { flagged?: readonly boolean[]; seed?: bigint | null } = {}): Over<'done'> => ({
  kind: 'done',
  images: (changes.flagged ?? [false]).map((flagged, position) => ({
    url: `https://files.example/image-${position}.jpg`,
    flagged,
  })),
  seed: changes.seed === undefined ? 42n : changes.seed,
});

export const failedWith = (kind: Failure['kind'], detail = 'it said so'): Over<'failed'> => ({
  kind: 'failed',
  failure: { kind, detail },
});

export const pending = (changes: Partial<Over<'pending'>> = {}): Over<'pending'> => ({
  kind: 'pending',
  phase: 'running',
  position: null,
  ...changes,
});

/** The webhook that tells of this generation's current submit. */
export function eventOf(generation: Generation, changes: Partial<ProviderEvent> = {}): ProviderEvent {
  const reference = referenceOf(generation);
  return {
    reference,
    requestId: `request of ${reference}`,
    ticket: 'ticket' in generation && generation.ticket !== null ? generation.ticket : 'ticket-1',
    outcome: done(),
    ...changes,
  };
}
