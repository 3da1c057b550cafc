import type { JobNamed } from '../../domain/operator/act.js';
import type { Needs } from '../ports/needs.js';

const idPart = /^#?([0-9a-f][0-9a-f-]{3,35})$/i;
const mostFound = 6;

/** The jobs that somebody may mean by an id, or by its beginning as file names and tables show it. */
export class FindJob {
  constructor(private readonly parts: Needs<'generations' | 'trainings'>) {}

  async execute(typed: string): Promise<JobNamed[]> {
    const [, letters] = idPart.exec(typed.trim()) ?? [];
    if (letters === undefined) return [];
    const { generations, trainings } = this.parts.database.stores;
    const [pictures, others] = await Promise.all([
      generations.beginningWith(letters.toLowerCase(), mostFound),
      trainings.beginningWith(letters.toLowerCase(), mostFound),
    ]);
    return [
      ...pictures.map((id) => ({ kind: 'generation', id }) as const),
      ...others.map((id) => ({ kind: 'training', id }) as const),
    ].slice(0, mostFound);
  }
}
