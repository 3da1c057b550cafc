import type { Insertable, Selectable } from 'kysely';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { Tables } from '../../schema/tables.js';

type Row = Selectable<Tables['generations']>;
type Columns = Omit<Insertable<Tables['generations']>, 'turn' | 'check_after' | 'progress' | 'request_key'>;

/** A column that its state requires; the table's own rules are weaker than the union's. */
function present<Value>(value: Value | null, column: string, row: Row): Value {
  if (value === null) throw new Error(`generation ${row.id} is ${row.status} but has no ${column}`);
  return value;
}

export function toGeneration(row: Row): Generation {
  const basics = {
    id: row.id,
    owner: row.owner,
    avatar: row.avatar,
    companion: row.companion,
    preset: row.preset,
    prompt: row.prompt,
    overrides: row.overrides,
    order: row.order,
    price: row.price,
    origin: row.origin,
    createdAt: row.created_at,
    submits: row.submits,
    doubts: row.doubts,
    run: row.run,
    rerolls: row.rerolls,
  };
  const sent = () => ({
    ticket: present(row.ticket, 'ticket', row),
    submittedAt: present(row.submitted_at, 'submitted_at', row),
  });
  const collected = () => ({
    ...sent(),
    collectedAt: present(row.collected_at, 'collected_at', row),
    imageCount: present(row.image_count, 'image_count', row),
    flagged: row.flagged ?? 0,
    seed: row.seed === null ? null : BigInt(row.seed),
  });
  const ended = () => ({
    ticket: row.ticket,
    endedAt: present(row.ended_at, 'ended_at', row),
    announcedAt: row.announced_at,
  });
  switch (row.status) {
    case 'accepted':
      return { ...basics, status: row.status, notBefore: row.not_before };
    case 'submitting': {
      const startedAt = present(row.submitting_at, 'submitting_at', row);
      return { ...basics, status: row.status, startedAt, ambiguousAt: row.ambiguous_at };
    }
    case 'submitted':
      return { ...basics, status: row.status, ...sent(), fetchFailures: row.fetch_failures ?? 0 };
    case 'collected':
      return { ...basics, status: row.status, ...collected() };
    case 'delivered': {
      const deliveredAt = present(row.delivered_at, 'delivered_at', row);
      return { ...basics, status: row.status, ...collected(), deliveredAt };
    }
    case 'blocked':
    case 'cancelled':
      return { ...basics, status: row.status, ...ended() };
    case 'failed':
      return { ...basics, status: row.status, ...ended(), failure: present(row.failure, 'failure', row) };
    default:
      return row.status satisfies never;
  }
}

export function toColumns(generation: Generation): Columns {
  const state = 'ticket' in generation ? generation : { ticket: null };
  return {
    id: generation.id,
    owner: generation.owner,
    avatar: generation.avatar,
    companion: generation.companion,
    preset: generation.preset,
    prompt: generation.prompt,
    overrides: JSON.stringify(generation.overrides),
    endpoint: generation.order.endpoint,
    order: JSON.stringify(generation.order),
    price: generation.price,
    origin: JSON.stringify(generation.origin),
    created_at: generation.createdAt,
    submits: generation.submits,
    doubts: generation.doubts,
    run: generation.run,
    rerolls: generation.rerolls,
    status: generation.status,
    not_before: generation.status === 'accepted' ? generation.notBefore : null,
    submitting_at: generation.status === 'submitting' ? generation.startedAt : null,
    ambiguous_at: generation.status === 'submitting' ? generation.ambiguousAt : null,
    ticket: state.ticket,
    submitted_at: 'submittedAt' in generation ? generation.submittedAt : null,
    fetch_failures: generation.status === 'submitted' ? generation.fetchFailures : null,
    collected_at: 'collectedAt' in generation ? generation.collectedAt : null,
    image_count: 'imageCount' in generation ? generation.imageCount : null,
    flagged: 'flagged' in generation ? generation.flagged : null,
    seed: 'seed' in generation && generation.seed !== null ? generation.seed.toString() : null,
    delivered_at: generation.status === 'delivered' ? generation.deliveredAt : null,
    ended_at: 'endedAt' in generation ? generation.endedAt : null,
    announced_at: 'announcedAt' in generation ? generation.announcedAt : null,
    failure: generation.status === 'failed' ? JSON.stringify(generation.failure) : null,
  };
}
