import { standsInRows, type Trouble } from '../../domain/operator/trouble.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { SystemStats } from '../ports/system-stats.js';
import { spendingTroubles, troublesInRows } from './troubles-in-rows.js';

/** One that there is now. */
export interface LastingTrouble extends Trouble {
  /** When somebody noticed it; `null`: nobody has yet. */
  readonly since: Date | null;
}

type Parts = Needs<'alerts' | 'quotas', 'clock'> & {
  readonly policy: Pick<Policy, 'quotas'>;
  readonly stats: SystemStats;
};

/**
 * What is in trouble now. The rows are asked anew, so that what an operator has just mended is gone; what only a process
 * can see of itself is as it was noticed last.
 */
export class ListTroubles {
  constructor(private readonly parts: Parts) {}

  async execute(): Promise<LastingTrouble[]> {
    const { database, stats, policy, clock } = this.parts;
    const [snapshot, noticed, spending] = await Promise.all([
      stats.count(),
      database.stores.alerts.lasting(),
      spendingTroubles(database.stores, policy, clock.now()),
    ]);
    const sinceOf = ({ kind, subject }: Trouble) =>
      noticed.find((one) => one.kind === kind && one.subject === subject)?.begunAt ?? null;
    return [
      ...noticed
        .filter(({ kind }) => !standsInRows[kind])
        .map(({ kind, subject, facts, begunAt }) => ({ kind, subject, facts, since: begunAt })),
      ...[...troublesInRows(snapshot), ...spending].map((trouble) => ({
        ...trouble,
        since: sinceOf(trouble),
      })),
    ];
  }
}
