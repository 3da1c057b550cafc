import { hasQuotas } from '../../domain/budget.js';
import { DomainError } from '../../domain/errors.js';
import { type Generation, type GenerationIn, heldFor } from '../../domain/generation/generation.js';
import { type AvatarId, generationId } from '../../domain/ids.js';
import { hold } from '../../domain/ledger.js';
import { type RequestContext, refuseDearer } from '../input/request-context.js';
import type { Policy } from '../policy/policy.js';
import { type Counted, useQuotas } from '../policy/quotas.js';
import type { Needs } from '../ports/needs.js';
import type { Circumstances } from '../ports/stores/generation-store.js';
import type { Stores } from '../ports/stores/stores.js';
import { generationKind } from './generation-kind.js';

type Touched = 'admissions' | 'generations' | 'jobs' | 'ledger' | 'quotas';

type Ports = 'clock' | 'ids' | 'metrics' | 'log';
export type AcceptParts<Others extends keyof Stores = never> = Needs<Touched | Others, Ports> & {
  readonly policy: Policy;
};

type Accepted = GenerationIn<'accepted'>;
type Planned = 'avatar' | 'companion' | 'preset' | 'prompt' | 'overrides' | 'order' | 'price' | 'cost';
/** What was asked for, at what price, and what it costs us. */
export type Plan = Pick<Accepted, Planned>;

/** Whom a picture shows, by name; undefined: an avatar that was deleted. */
export interface ShownNames {
  readonly avatar: string | undefined;
  readonly companion: string | undefined;
}

/**
 * A job that was asked for. `ahead`: how many would wait before it, `names`: whom it shows, `usable`: how many avatars its
 * owner can use; all absent when it was there already.
 */
export type Asked = Generation & {
  readonly ahead?: number;
  readonly names?: ShownNames;
  readonly usable?: number;
};

/**
 * Writes a job down and holds its price at once, and has it submitted. Asked again under the same key it is the job of
 * the first time, and nothing is planned.
 * @throws DomainError `too_many_waiting`, `price_changed`, `insufficient_credits`, `pictures_spent`, `budget_spent`; and what `plan` throws
 */
export async function acceptOnce<Others extends keyof Stores = never>(
  parts: AcceptParts<Others>,
  { owner, origin, requestKey, agreed }: RequestContext,
  plan: (met: Circumstances, stores: Pick<Stores, Touched | Others>) => Plan | Promise<Plan>,
): Promise<Asked> {
  const { database, clock, ids, policy, metrics, log } = parts;
  const createdAt = clock.now();
  const { generations, jobs } = database.stores;
  const met = await generations.circumstances(owner, requestKey, createdAt);
  if (met.earlier !== null) return met.earlier;
  const planned = await plan(met, database.stores);
  const limit = policy.openPerUser;
  if (met.open >= limit) throw new DomainError({ code: 'too_many_waiting', limit });
  const fresh = { submits: 0, doubts: 0, run: 0, rerolls: 0, status: 'accepted', notBefore: null } as const;
  const next: Accepted = { ...planned, id: generationId(ids.uuid()), owner, origin, createdAt, ...fresh };
  refuseDearer(heldFor(next), { agreed });
  const added = await addHeld(parts, next, requestKey);
  if (added.id !== next.id) return added;
  metrics.accepted(origin.transport);
  try {
    await jobs.add(generationKind.jobs.submit(next.id));
  } catch (error) {
    // It is written and paid for: whoever asked must not hear that it failed. The sweep sees that somebody waits.
    log.warn('accepted, and its nudge was lost', { generation: next.id, error });
  }
  const nameOf = (id: AvatarId | null) => met.avatars.find((avatar) => avatar.id === id)?.name;
  const names = { avatar: nameOf(planned.avatar), companion: nameOf(planned.companion) };
  const usable = met.avatars.filter((avatar) => avatar.status === 'ready').length;
  return { ...added, ahead: met.ahead, names, usable };
}

/** In one step as a rule; what that does not do is looked at closer. */
async function addHeld(
  { database, policy }: Pick<AcceptParts, 'database' | 'policy'>,
  next: Accepted,
  requestKey: string | undefined,
): Promise<Generation> {
  const [entry] = hold(generationKind.paid(next));
  const { generations } = database.stores;
  const isCounted = hasQuotas(policy.quotas);
  if (entry === undefined && !isCounted) return generations.add(next, requestKey);
  if (entry !== undefined && !isCounted && (await generations.addHeld(next, entry, requestKey))) return next;
  return database.transaction(async (stores) => {
    const added = await stores.generations.add(next, requestKey);
    if (added.id !== next.id) return added;
    if (entry !== undefined) await stores.ledger.write([entry], next.createdAt);
    if (isCounted) await useQuotas(stores, policy, asCounted(next), next.createdAt);
    return added;
  });
}

/** The pictures of a proof sheet belong to a training that was begun. */
const asCounted = ({ owner, order, cost, origin }: Accepted): Counted => ({
  owner,
  pictures: 'count' in order ? order.count : 1,
  cost,
  isBegun: origin.transport === 'proof',
});
