import type { JobStory } from '../../../../application/operator/show-job.js';
import { table } from '../../table.js';

/** How a job stands, then a line for each thing that is known of it; what is not known has no line. */
export function tell({ now, moments }: JobStory): string {
  const known = Object.entries(now).filter(([, value]) => value !== null && value !== 0);
  const lines = moments.map(({ at, what, facts }) => [at, what, factsIn(facts)]);
  return `${table(['', ''], known).trimStart()}\n\n${table(['time', 'what', ''], lines)}`;
}

const factsIn = (facts: JobStory['moments'][number]['facts']): string =>
  Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value instanceof Date ? value.toISOString() : value}`)
    .join(' ');
