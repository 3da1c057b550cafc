import type { Insertable, Selectable } from 'kysely';
import type { Proof, Training } from '../../../../domain/training/training.js';
import type { Stored } from '../../schema/json-column.js';
import type { Tables } from '../../schema/tables.js';
import { toWeights, weightsInRow } from '../../schema/weights-in-rows.js';

type Row = Selectable<Tables['trainings']>;
type Columns = Omit<Insertable<Tables['trainings']>, 'check_after' | 'progress' | 'request_key'>;

/** A column that its state requires; the table's own rules are weaker than the union's. */
function present<Value>(value: Value | null, column: string, row: Row): Value {
  if (value === null) throw new Error(`training ${row.id} is ${row.status} but has no ${column}`);
  return value;
}

export function toTraining(row: Row): Training {
  const basics = {
    id: row.id,
    owner: row.owner,
    avatar: row.avatar,
    speed: row.speed,
    order: row.order,
    price: row.price,
    isFree: row.courtesy,
    origin: row.origin,
    createdAt: row.created_at,
    submits: row.submits,
    doubts: row.doubts,
  };
  const sent = () => ({
    ticket: present(row.ticket, 'ticket', row),
    submittedAt: present(row.submitted_at, 'submitted_at', row),
  });
  const ended = () => ({
    ticket: row.ticket,
    endedAt: present(row.ended_at, 'ended_at', row),
    announcedAt: row.announced_at,
  });
  switch (row.status) {
    case 'collecting':
      return { ...basics, status: row.status, notBefore: row.not_before };
    case 'submitting': {
      const startedAt = present(row.submitting_at, 'submitting_at', row);
      return { ...basics, status: row.status, startedAt, ambiguousAt: row.ambiguous_at };
    }
    case 'training':
      return { ...basics, status: row.status, ...sent(), fetchFailures: row.fetch_failures ?? 0 };
    case 'ready':
      return {
        ...basics,
        status: row.status,
        ...sent(),
        weights: toWeights(present(row.weights, 'weights', row)),
        readyAt: present(row.ready_at, 'ready_at', row),
        announcedAt: row.announced_at,
        proof: toProof(present(row.proof, 'proof', row)),
      };
    case 'failed':
      return { ...basics, status: row.status, ...ended(), failure: present(row.failure, 'failure', row) };
    case 'cancelled':
      return { ...basics, status: row.status, ...ended() };
    default:
      return row.status satisfies never;
  }
}

export function trainingColumns(training: Training): Columns {
  return {
    id: training.id,
    owner: training.owner,
    avatar: training.avatar,
    speed: training.speed,
    order: JSON.stringify(training.order),
    price: training.price,
    courtesy: training.isFree,
    origin: JSON.stringify(training.origin),
    created_at: training.createdAt,
    submits: training.submits,
    doubts: training.doubts,
    status: training.status,
    not_before: training.status === 'collecting' ? training.notBefore : null,
    submitting_at: training.status === 'submitting' ? training.startedAt : null,
    ambiguous_at: training.status === 'submitting' ? training.ambiguousAt : null,
    ticket: 'ticket' in training ? training.ticket : null,
    submitted_at: 'submittedAt' in training ? training.submittedAt : null,
    fetch_failures: training.status === 'training' ? training.fetchFailures : null,
    weights: training.status === 'ready' ? JSON.stringify(weightsInRow(training.weights)) : null,
    ready_at: training.status === 'ready' ? training.readyAt : null,
    proof: training.status === 'ready' ? JSON.stringify(training.proof) : null,
    ended_at: 'endedAt' in training ? training.endedAt : null,
    announced_at: 'announcedAt' in training ? training.announcedAt : null,
    failure: training.status === 'failed' ? JSON.stringify(training.failure) : null,
  };
}

function toProof(stored: Stored<Proof>): Proof {
  if (stored.status !== 'composed') return stored;
  const announcedAt = stored.announcedAt === null ? null : new Date(stored.announcedAt);
  return { ...stored, announcedAt } as Proof;
}
