import type { Selectable } from 'kysely';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { Tables } from '../../schema/tables.js';
import { basicsOf, type Columns, endedOf, jobColumns, present, sentOf, submittingOf } from './job-rows.js';

type Row = Selectable<Tables['generations']>;

export function toGeneration(row: Row): Generation {
  const basics = {
    ...basicsOf(row),
    companion: row.companion,
    preset: row.preset,
    prompt: row.prompt,
    overrides: row.overrides,
    run: row.run,
    rerolls: row.rerolls,
  };
  const collected = () => ({
    ...sentOf(row),
    collectedAt: present(row, 'collected_at'),
    imageCount: present(row, 'image_count'),
    flagged: row.flagged ?? 0,
    seed: row.seed === null ? null : BigInt(row.seed),
  });
  switch (row.status) {
    case 'accepted':
      return { ...basics, status: row.status, notBefore: row.not_before };
    case 'submitting':
      return { ...basics, status: row.status, ...submittingOf(row) };
    case 'submitted':
      return { ...basics, status: row.status, ...sentOf(row), fetchFailures: row.fetch_failures ?? 0 };
    case 'collected':
      return { ...basics, status: row.status, ...collected() };
    case 'delivered':
      return { ...basics, status: row.status, ...collected(), deliveredAt: present(row, 'delivered_at') };
    case 'blocked':
    case 'cancelled':
      return { ...basics, status: row.status, ...endedOf(row) };
    case 'failed':
      return { ...basics, status: row.status, ...endedOf(row), failure: present(row, 'failure') };
    default:
      return row.status satisfies never;
  }
}

export const toColumns = (generation: Generation): Columns<Tables['generations']> => ({
  ...jobColumns(generation),
  companion: generation.companion,
  preset: generation.preset,
  prompt: generation.prompt,
  overrides: JSON.stringify(generation.overrides),
  endpoint: generation.order.endpoint,
  run: generation.run,
  rerolls: generation.rerolls,
  collected_at: 'collectedAt' in generation ? generation.collectedAt : null,
  image_count: 'imageCount' in generation ? generation.imageCount : null,
  flagged: 'flagged' in generation ? generation.flagged : null,
  seed: 'seed' in generation && generation.seed !== null ? generation.seed.toString() : null,
  delivered_at: generation.status === 'delivered' ? generation.deliveredAt : null,
});
