import type { Selectable } from 'kysely';
import { type Proof, statusWord, type Training } from '../../../../domain/training/training.js';
import type { Stored } from '../../schema/json-column.js';
import type { Tables } from '../../schema/tables.js';
import { inRow, toWeights } from '../../schema/weights-in-rows.js';
import { basicsOf, type Columns, endedOf, jobColumns, present, sentOf, submittingOf } from './job-rows.js';

type Row = Selectable<Tables['trainings']>;

/** `courtesy` is the column of the first release for what is free. */
export function toTraining(row: Row): Training {
  const basics = { ...basicsOf(row), speed: row.speed, isFree: row.courtesy };
  switch (row.status) {
    case 'collecting':
      return { ...basics, status: 'accepted', notBefore: row.notBefore };
    case 'submitting':
      return { ...basics, status: row.status, ...submittingOf(row) };
    case 'training':
      return { ...basics, status: row.status, ...sentOf(row), fetchFailures: row.fetchFailures ?? 0 };
    case 'ready':
      return {
        ...basics,
        status: row.status,
        ...sentOf(row),
        weights: toWeights(present(row, 'weights')),
        readyAt: present(row, 'readyAt'),
        announcedAt: row.announcedAt,
        proof: toProof(present(row, 'proof')),
      };
    case 'failed':
      return { ...basics, status: row.status, ...endedOf(row), failure: present(row, 'failure') };
    case 'cancelled':
      return { ...basics, status: row.status, ...endedOf(row) };
    default:
      return row.status satisfies never;
  }
}

export const trainingColumns = (training: Training): Columns<Tables['trainings']> => ({
  ...jobColumns(training),
  status: statusWord(training.status),
  speed: training.speed,
  courtesy: training.isFree,
  weights: training.status === 'ready' ? JSON.stringify(inRow(training.weights)) : null,
  readyAt: training.status === 'ready' ? training.readyAt : null,
  proof: training.status === 'ready' ? JSON.stringify(training.proof) : null,
});

function toProof(stored: Stored<Proof>): Proof {
  if (stored.status !== 'composed') return stored;
  const announcedAt = stored.announcedAt === null ? null : new Date(stored.announcedAt);
  return { ...stored, announcedAt } as Proof;
}
