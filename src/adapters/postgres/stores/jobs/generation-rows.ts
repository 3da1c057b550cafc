import type { Selectable } from 'kysely';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { Tables } from '../../schema/tables.js';
import { basicsOf, type Columns, endedOf, jobColumns, present, sentOf, submittingOf } from './job-rows.js';

type Row = Selectable<Tables['generations']>;

export function toGeneration(row: Row): Generation {
  const basics = { ...basicsOf(row), ...ownOf(row) };
  const collected = () => ({
    ...sentOf(row),
    collectedAt: present(row, 'collectedAt'),
    imageCount: present(row, 'imageCount'),
    flagged: row.flagged ?? 0,
    seed: row.seed === null ? null : BigInt(row.seed),
  });
  switch (row.status) {
    case 'accepted':
      return { ...basics, status: row.status, notBefore: row.notBefore };
    case 'submitting':
      return { ...basics, status: row.status, ...submittingOf(row) };
    case 'submitted':
      return { ...basics, status: row.status, ...sentOf(row), fetchFailures: row.fetchFailures ?? 0 };
    case 'collected':
      return { ...basics, status: row.status, ...collected() };
    case 'delivered':
      return { ...basics, status: row.status, ...collected(), deliveredAt: present(row, 'deliveredAt') };
    case 'blocked':
    case 'cancelled':
      return { ...basics, status: row.status, ...endedOf(row) };
    case 'failed':
      return { ...basics, status: row.status, ...endedOf(row), failure: present(row, 'failure') };
    default:
      return row.status satisfies never;
  }
}

/** What only a generation has. */
const ownOf = ({ companion, preset, prompt, overrides, run, rerolls }: Row | Generation) => ({
  companion,
  preset,
  prompt,
  overrides,
  run,
  rerolls,
});

export const toColumns = (generation: Generation): Columns<Tables['generations']> => ({
  ...jobColumns(generation),
  ...ownOf(generation),
  overrides: JSON.stringify(generation.overrides),
  endpoint: generation.order.endpoint,
  collectedAt: 'collectedAt' in generation ? generation.collectedAt : null,
  imageCount: 'imageCount' in generation ? generation.imageCount : null,
  flagged: 'flagged' in generation ? generation.flagged : null,
  seed: 'seed' in generation && generation.seed !== null ? generation.seed.toString() : null,
  deliveredAt: generation.status === 'delivered' ? generation.deliveredAt : null,
});
