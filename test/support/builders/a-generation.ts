import type { GenerationIn, GenerationStatus } from '../../../src/domain/generation/generation.js';
import { avatarId, generationId } from '../../../src/domain/ids.js';
import { anOrder } from './an-order.js';
import { longAgo, nextUuid, secondsLater, someone } from './ids.js';

/** The state, and what else matters to the test. */
export type GenerationChanges<Status extends GenerationStatus> = { status?: Status } & Partial<
  Omit<GenerationIn<Status>, 'status'>
>;

const basics = (submits: number) => ({
  id: generationId(nextUuid()),
  owner: someone,
  avatar: avatarId('20000000-0000-4000-8000-000000000001'),
  preset: 'balanced' as const,
  companion: null,
  prompt: 'in medieval armor',
  overrides: {},
  order: anOrder(),
  price: 5,
  cost: 70_000,
  origin: { transport: 'test', address: { chat: 7 } },
  createdAt: longAgo,
  submits,
  doubts: 0,
  run: 0,
  rerolls: 0,
});

const sent = () => ({ ...basics(1), ticket: 'ticket-1', submittedAt: secondsLater(2) });
const collected = () => ({ ...sent(), collectedAt: secondsLater(30), imageCount: 1, flagged: 0, seed: 42n });
const ended = () => ({ ...basics(1), ticket: null, endedAt: secondsLater(30), announcedAt: null });

const inState: { readonly [Status in GenerationStatus]: () => GenerationIn<Status> } = {
  accepted: () => ({ ...basics(0), status: 'accepted', notBefore: null }),
  submitting: () => ({
    ...basics(1),
    status: 'submitting',
    startedAt: secondsLater(1),
    ambiguousAt: null,
  }),
  submitted: () => ({ ...sent(), status: 'submitted', fetchFailures: 0 }),
  collected: () => ({ ...collected(), status: 'collected' }),
  delivered: () => ({ ...collected(), status: 'delivered', deliveredAt: secondsLater(31) }),
  blocked: () => ({ ...ended(), status: 'blocked' }),
  failed: () => ({
    ...ended(),
    status: 'failed',
    failure: { kind: 'provider_error', detail: 'it answered 500' },
  }),
  cancelled: () => ({ ...ended(), status: 'cancelled' }),
};

/** Accepted just now, one image for 5 credits, unless told otherwise: `aGeneration({ status: 'submitted' })`. */
export function aGeneration<Status extends GenerationStatus = 'accepted'>(
  changes: GenerationChanges<Status> = {},
): GenerationIn<NoInfer<Status>> {
  const status = changes.status ?? ('accepted' as Status);
  return { ...inState[status](), ...changes, status };
}
