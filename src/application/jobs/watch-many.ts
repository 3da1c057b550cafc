import { pollSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { ProviderError } from '../ports/provider-error.js';
import type { Followed, Heard, TicketedRow } from './followed.js';
import { leaseFor } from './lease.js';
import type { ProviderWatch } from './provider-watch.js';

const turnMilliseconds = 100;
/** Questions begun in one turn, and under way at once: 60 a second over 16 connections, however many jobs there are. */
const questionsInATurn = 6;
const questionsAtOnce = 16;
/** Between two that are told of: the way in moves the others' bars anyway. */
const tellSeconds = 0.2;
/** Rows are looked at when they would be due in less than ten seconds: a look that fails comes again in time. */
const lookSeconds = 4;
const aheadSeconds = 10;

interface Watched<Followable, Pending> {
  readonly row: Followable;
  /** Ticks. */
  readonly since: number;
  askAt: number;
  /** Until then the sweep leaves its row alone. */
  coveredUntil: number;
  /** It has a stream, or is being asked about. */
  isBusy: boolean;
  pending: Pending | null;
  readonly ending: AbortController;
}

/**
 * Follows many jobs at the provider by few connections and few statements, and nudges each the moment it is over. The
 * rows of all are looked at together, so that the sweep, which would take them up one by one, leaves them alone. If this
 * process dies, others find them as if nobody had watched.
 */
export class WatchMany<Followable extends TicketedRow, Pending extends Heard>
  implements ProviderWatch<Followable>
{
  /** By ticket: a job that was sent again is followed anew, whatever the stream of its former ticket does. */
  private readonly watched = new Map<string, Watched<Followable, Pending>>();
  private readonly atHand = new Set<Promise<void>>();
  /** Those with something new to tell. */
  private readonly untold = new Set<Watched<Followable, Pending>>();
  private streams = 0;
  private questions = 0;
  private isTelling = false;
  private tellAt = 0;
  private lookAt = 0;
  private clockwork: NodeJS.Timeout | null = null;
  private isStopped = false;

  constructor(
    private readonly parts: Needs<'jobs', 'clock' | 'worker' | 'log'>,
    private readonly followed: Followed<Followable, Pending>,
  ) {}

  follow(row: Followable): void {
    if (this.watched.has(row.ticket) || this.isStopped) return;
    const since = this.parts.clock.ticks();
    const job: Watched<Followable, Pending> = {
      row,
      since,
      askAt: since + this.followed.tempo.soonest,
      // Whoever begins to watch has just put the row off for as long.
      coveredUntil: since + pollSeconds,
      isBusy: false,
      pending: null,
      ending: new AbortController(),
    };
    this.watched.set(row.ticket, job);
    if (this.clockwork === null) {
      this.lookAt = since + lookSeconds;
      this.clockwork = setInterval(() => this.turn(), turnMilliseconds).unref();
    }
    this.openStreams();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const job of this.watched.values()) this.letGo(job);
    this.rest();
    await Promise.all(this.atHand);
  }

  /** What is due now: streams, questions, what there is to tell, and a look at the rows. */
  private turn(): void {
    const now = this.parts.clock.ticks();
    this.openStreams();
    this.askAround(now);
    const [told] = this.untold;
    if (told !== undefined && !this.isTelling && now >= this.tellAt) {
      this.tellAt = now + tellSeconds;
      this.begin(told, () => this.tell(told));
    }
    if (now >= this.lookAt) {
      this.lookAt = now + lookSeconds;
      const near = [...this.watched.values()].filter(({ coveredUntil }) => coveredUntil < now + aheadSeconds);
      const [one] = near;
      if (one !== undefined) this.begin(one, () => this.lookAtRows(near));
    }
    if (this.watched.size === 0 && this.untold.size === 0) this.rest();
  }

  private rest(): void {
    if (this.clockwork !== null) clearInterval(this.clockwork);
    this.clockwork = null;
  }

  private openStreams(): void {
    while (this.streams < this.followed.tempo.streams) {
      let nearest: Watched<Followable, Pending> | undefined;
      for (const job of this.watched.values())
        if (!job.isBusy && (nearest === undefined || isNearer(job, nearest))) nearest = job;
      if (nearest === undefined) return;
      const job = nearest;
      job.isBusy = true;
      this.streams += 1;
      this.begin(job, () =>
        this.stream(job).finally(() => {
          this.streams -= 1;
          this.openStreams();
        }),
      );
    }
  }

  private askAround(now: number): void {
    const due = [...this.watched.values()].filter(({ isBusy, askAt }) => !isBusy && askAt <= now);
    due.sort((one, other) => one.askAt - other.askAt);
    const most = Math.min(questionsInATurn, questionsAtOnce - this.questions);
    for (const [begun, job] of due.entries()) {
      if (begun >= most) return;
      job.isBusy = true;
      this.questions += 1;
      void this.safely(job, () =>
        this.ask(job).finally(() => {
          this.questions -= 1;
        }),
      );
    }
  }

  /** Stopping waits for it. */
  private begin(job: Watched<Followable, Pending>, work: () => Promise<void>): void {
    const doing = this.safely(job, work).finally(() => this.atHand.delete(doing));
    this.atHand.add(doing);
  }

  private async safely(job: Watched<Followable, Pending>, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // The sweep finds its row.
      this.letGo(job);
      this.parts.log.warn('lost sight of a job', { [this.followed.kind.name]: job.row.id, error });
    }
  }

  private async stream(job: Watched<Followable, Pending>): Promise<void> {
    const { ticket } = job.row;
    for await (const pending of this.followed.stream?.(ticket, job.ending.signal) ?? [])
      this.hear(job, pending);
    await this.over(job);
  }

  private async ask(job: Watched<Followable, Pending>): Promise<void> {
    const { soonest, latest } = this.followed.tempo;
    const pending = await this.followed.ask(job.row.ticket).catch((error: unknown) => {
      // Whoever collects it knows what to make of that.
      if (error instanceof ProviderError) return null;
      throw error;
    });
    if (pending === null) return this.over(job);
    this.hear(job, pending);
    const now = this.parts.clock.ticks();
    job.askAt = now + Math.min(Math.max((now - job.since) / 10, soonest), latest);
    job.isBusy = false;
  }

  private hear(job: Watched<Followable, Pending>, pending: Pending): void {
    if (JSON.stringify(pending) === JSON.stringify(job.pending)) return;
    job.pending = pending;
    if (this.isFollowed(job)) this.untold.add(job);
  }

  private async tell(job: Watched<Followable, Pending>): Promise<void> {
    this.untold.delete(job);
    if (job.pending === null) return;
    this.isTelling = true;
    await this.followed.onPending(job.row, job.pending).finally(() => {
      this.isTelling = false;
    });
  }

  private async lookAtRows(near: readonly Watched<Followable, Pending>[]): Promise<void> {
    const { clock, worker } = this.parts;
    const lease = leaseFor(clock, worker, pollSeconds);
    const ids = near.map(({ row }) => row.id);
    const seen = await this.followed.rows.lookAt(ids, lease, clock.now()).catch((error: unknown) => {
      this.parts.log.warn('could not look after jobs at the provider; it comes again', { error });
      return null;
    });
    if (seen === null) return;
    const rows = new Map(seen.map((row) => [row.id, row]));
    const coveredUntil = clock.ticks() + pollSeconds;
    for (const job of near) {
      const row = rows.get(job.row.id);
      if (row?.ticket !== job.row.ticket) this.letGo(job);
      else if (row.waited >= this.followed.deadlineSeconds(job.row)) this.begin(job, () => this.over(job));
      else job.coveredUntil = coveredUntil;
    }
  }

  /** Whatever became of it, it is collected now. */
  private async over(job: Watched<Followable, Pending>): Promise<void> {
    if (!this.isFollowed(job)) return;
    this.letGo(job);
    await this.parts.database.stores.jobs.add(this.followed.kind.jobs.collect(job.row.id));
  }

  private letGo(job: Watched<Followable, Pending>): void {
    this.untold.delete(job);
    if (this.isFollowed(job)) this.watched.delete(job.row.ticket);
    job.ending.abort();
  }

  private isFollowed(job: Watched<Followable, Pending>): boolean {
    return this.watched.get(job.row.ticket) === job;
  }
}

/** What is worked on comes before what waits for it, and otherwise what was there first. */
function isNearer<Pending extends Heard>(
  one: Watched<unknown, Pending>,
  other: Watched<unknown, Pending>,
): boolean {
  const [before, after] = [placeOf(one), placeOf(other)];
  return before < after || (before === after && one.since < other.since);
}

const placeOf = <Pending extends Heard>({ pending }: Watched<unknown, Pending>): number =>
  pending?.phase === 'queued' ? 1 + (pending.position ?? 0) : 0;
