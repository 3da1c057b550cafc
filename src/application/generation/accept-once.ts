import { DomainError } from '../../domain/errors.js';
import type { Generation, GenerationIn } from '../../domain/generation/generation.js';
import { generationId } from '../../domain/ids.js';
import type { RequestContext } from '../input/request-context.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { generationKind } from './generation-kind.js';

type Touched = 'generations' | 'jobs' | 'ledger';

type Ports = 'clock' | 'ids' | 'metrics';
export type AcceptParts<Others extends keyof Stores> = Needs<Touched | Others, Ports> & {
  readonly policy: Policy;
};

type Accepted = GenerationIn<'accepted'>;
type Planned = 'avatar' | 'companion' | 'preset' | 'prompt' | 'overrides' | 'order' | 'price';
/** What was asked for and at what price. */
export type Plan = Pick<Accepted, Planned>;

/**
 * Writes a job down, holds its price, and queues it, in one transaction with `plan`. Asked again under the same
 * key it is the job of the first time, and nothing is planned.
 * @throws DomainError `too_many_waiting`, `insufficient_credits`; and what `plan` throws
 */
export async function acceptOnce<Others extends keyof Stores>(
  { database, clock, ids, policy, metrics }: AcceptParts<Others>,
  { owner, origin, requestKey }: RequestContext,
  plan: (stores: Pick<Stores, Touched | Others>) => Promise<Plan>,
): Promise<Generation> {
  const generation = await database.transaction(async (stores) => {
    const { generations } = stores;
    const earlier = requestKey === undefined ? null : await generations.findByRequestKey(requestKey);
    if (earlier !== null) return earlier;
    const planned = await plan(stores);
    const limit = policy.openPerUser;
    if ((await generations.countOpen(owner)) >= limit)
      throw new DomainError({ code: 'too_many_waiting', limit });
    const createdAt = clock.now();
    const fresh = { submits: 0, doubts: 0, run: 0, rerolls: 0, status: 'accepted', notBefore: null } as const;
    const id = generationId(ids.uuid());
    const next: Accepted = { ...planned, id, owner, origin, createdAt, ...fresh };
    const added = await generations.add(next, requestKey);
    if (added.id === next.id)
      await generationKind.apply(stores, next, { next, effects: ['hold', 'submit'] }, createdAt);
    return added;
  });
  metrics.accepted(origin.transport);
  return generation;
}
