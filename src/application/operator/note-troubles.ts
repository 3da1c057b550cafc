import type { Case } from '../../domain/operator/case.js';
import type { Trouble } from '../../domain/operator/trouble.js';
import { secondsAfter } from '../../domain/time.js';
import type { ProviderHealth } from '../jobs/provider-health.js';
import type { DiskSpace } from '../policy/disk-space.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { SystemStats } from '../ports/system-stats.js';
import { spendingTroubles, troublesInRows } from './troubles-in-rows.js';

/**
 * What nobody has seen for so long is over. Long enough for a process that is started anew to see again what its
 * predecessor saw, and for what comes and goes to stay one trouble.
 */
const overAfterSeconds = 300;
const keptDays = 30;
/** With more cases waiting than these, operators find the next ones on their screen alone. */
const casesTold = 20;

type Parts = Needs<'alerts' | 'cases' | 'quotas', 'clock' | 'ids'> & {
  readonly policy: Pick<Policy, 'quotas'>;
  readonly stats: SystemStats;
  readonly health: Pick<ProviderHealth, 'trouble'>;
  readonly disk: Pick<DiskSpace, 'isShort' | 'freeBytes'>;
  /** The bot of this process, where it has one. */
  readonly bot: { isContested(): boolean } | undefined;
};

/** Writes down what this process sees of troubles, and which of them are over. */
export class NoteTroubles {
  private readonly begunAt: number;

  constructor(private readonly parts: Parts) {
    this.begunAt = parts.clock.ticks();
  }

  async execute(): Promise<void> {
    const { database, clock, ids, stats, policy } = this.parts;
    const { alerts, cases } = database.stores;
    // Whoever cannot look knows nothing: neither what is there nor what is over.
    const seen = [
      ...troublesInRows(await stats.count()),
      ...(await cases.firstWaiting(casesTold)).map(ofCase),
      ...(await this.here()),
      ...(await spendingTroubles(database.stores, policy, clock.now())),
    ];
    const now = clock.now();
    for (const trouble of seen) await alerts.note(ids.uuid(), trouble, now);
    if (clock.ticks() - this.begunAt >= overAfterSeconds)
      await alerts.clear(secondsAfter(now, -overAfterSeconds), now);
    await alerts.forget(secondsAfter(now, -keptDays * 86_400));
  }

  private async here(): Promise<Trouble[]> {
    const { health, disk, bot } = this.parts;
    const found: Trouble[] = [];
    const provider = health.trouble();
    if (provider !== null)
      found.push({ kind: provider.kind, subject: '', facts: { since: provider.since.toISOString() } });
    if (await disk.isShort())
      found.push({ kind: 'disk_nearly_full', subject: '', facts: { freeBytes: await disk.freeBytes() } });
    if (bot?.isContested() === true) found.push({ kind: 'two_pollers', subject: '', facts: {} });
    return found;
  }
}

/** Not whom it is about, and nothing that they wrote. */
const ofCase = ({ id, kind, category, photos }: Case): Trouble => ({
  ...{ kind: 'case_waits', subject: id },
  facts: { about: kind, category, photos: photos.length },
});
