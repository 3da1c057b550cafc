import { standsInRows, type Trouble } from '../../domain/operator/trouble.js';
import type { Needs } from '../ports/needs.js';
import type { SystemStats } from '../ports/system-stats.js';
import { troublesInRows } from './troubles-in-rows.js';

/** One that there is now. */
export interface LastingTrouble extends Trouble {
  /** When somebody noticed it; `null`: nobody has yet. */
  readonly since: Date | null;
}

/**
 * What is in trouble now. The rows are asked anew, so that what an operator has just mended is gone; what only a process
 * can see of itself is as it was noticed last.
 */
export class ListTroubles {
  constructor(private readonly parts: Needs<'alerts'> & { readonly stats: SystemStats }) {}

  async execute(): Promise<LastingTrouble[]> {
    const { database, stats } = this.parts;
    const [snapshot, noticed] = await Promise.all([stats.count(), database.stores.alerts.lasting()]);
    const sinceOf = ({ kind, subject }: Trouble) =>
      noticed.find((one) => one.kind === kind && one.subject === subject)?.begunAt ?? null;
    return [
      ...noticed
        .filter(({ kind }) => !standsInRows[kind])
        .map(({ kind, subject, facts, begunAt }) => ({ kind, subject, facts, since: begunAt })),
      ...troublesInRows(snapshot).map((trouble) => ({ ...trouble, since: sinceOf(trouble) })),
    ];
  }
}
