import type { Worker } from '../adapters/queue/worker.js';
import type { TelegramTransport } from '../adapters/telegram/telegram-transport.js';
import { within } from '../application/jobs/within.js';
import type { Resources } from './resources.js';

/** A server that restarts is back sooner; one that is gone is not. */
const patienceMilliseconds = 60_000;
const questionMilliseconds = 5000;

export interface VitalSigns {
  /** Each says what stands still for good, or `null`. */
  readonly parts: ReadonlyArray<() => string | null>;
  /** A question to a database that nobody but this program starts; `null` when somebody else looks after it. */
  readonly ownDatabase: (() => Promise<unknown>) | null;
  readonly milliseconds: () => number;
}

/** Knows what this process cannot do any more and will not learn again by itself, while a new start would. */
export class Vitals {
  private databaseAwaySince: number | null = null;

  constructor(private readonly signs: VitalSigns) {}

  async beyondRecovery(): Promise<string[]> {
    const reasons = [...this.signs.parts.map((part) => part()), await this.database()];
    return reasons.filter((reason) => reason !== null);
  }

  private async database(): Promise<string | null> {
    const { ownDatabase, milliseconds } = this.signs;
    if (ownDatabase === null) return null;
    if (await answers(ownDatabase)) {
      this.databaseAwaySince = null;
      return null;
    }
    this.databaseAwaySince ??= milliseconds();
    return milliseconds() - this.databaseAwaySince < patienceMilliseconds
      ? null
      : 'the embedded database has ended, and only a start begins it again';
  }
}

interface Parts {
  readonly resources: Resources;
  readonly worker: Worker;
  readonly telegram: TelegramTransport | undefined;
}

export function vitalsOf({ resources: { config, pool }, worker, telegram }: Parts): Vitals {
  const { roles } = config;
  return new Vitals({
    parts: [
      () => (roles.has('worker') ? worker.needsRestart() : null),
      () => (roles.has('bot') ? (telegram?.needsRestart() ?? null) : null),
    ],
    ownDatabase: config.databaseUrl === null ? () => pool.query('select 1') : null,
    milliseconds: () => performance.now(),
  });
}

async function answers(question: () => Promise<unknown>): Promise<boolean> {
  const answered = question().then(
    () => true,
    // Why is told where the database is needed.
    () => false,
  );
  return within(questionMilliseconds, answered, () => false);
}
