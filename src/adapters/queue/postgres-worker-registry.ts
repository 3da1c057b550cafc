import { randomInt } from 'node:crypto';
import type pg from 'pg';
import type { Logger } from '../../application/ports/logger.js';
import type { DeadWorker, WorkerRegistry } from '../../application/ports/stores/jobs/worker-registry.js';
import { SilenceWatch } from './silence-watch.js';

/** First half of the two-part advisory lock keys; the second half is the worker's own. */
const lockSpace = 0x41_49_53_48;
/** A process that lost its lock is given this long to take it again (the database may have restarted). */
const graceSeconds = 3;
/** A process whose connection hangs half-open keeps its lock; silence this long is death all the same. */
const silenceSeconds = 60;

/** Nobody holds its lock. */
const isUnlocked = `not exists (
    select 1 from pg_locks where locktype = 'advisory' and classid = ${lockSpace} and objid = workers.lock_key
      and objsubid = 2 and database = (select oid from pg_database where datname = current_database()))`;
const isLate = `heartbeat_at < now() - interval '${graceSeconds} s'`;

/** For somebody who has just started and knows nothing but the database's clock. */
const isDead = `(${isLate} and ${isUnlocked}) or heartbeat_at < now() - interval '${silenceSeconds} s'`;

/** What a step held for the next one, which never began. */
const letGo = (table: 'generations' | 'trainings') =>
  `update ${table} set lease_owner = null, lease_until = null, check_after = to_timestamp(0) where lease_owner = $1`;

/** A connection that is kept, and another once it is lost. */
interface Session {
  take(): Promise<pg.ClientBase>;
  onLost(listener: () => void): void;
}

/**
 * A worker holds a session-level advisory lock as long as it lives: the database drops it the moment the process
 * dies, so its work is taken over within seconds and without waiting for a lease to run out.
 */
export class PostgresWorkerRegistry implements WorkerRegistry {
  private locking: Promise<void> | null = null;
  private lockedOn: pg.ClientBase | null = null;
  private readonly lockKey = randomInt(1, 2 ** 31 - 1);
  /** When the lock was taken again after its connection was lost; `null` if it never was. Milliseconds. */
  private holdsAgainSince: number | null = null;
  private readonly silence: SilenceWatch;
  /** Nobody has looked yet: there may be others. */
  private others = Number.POSITIVE_INFINITY;

  constructor(
    private readonly pool: pg.Pool,
    private readonly session: Session,
    private readonly log: Logger,
    private readonly milliseconds: () => number = () => performance.now(),
  ) {
    this.silence = new SilenceWatch(milliseconds);
    session.onLost(() => {
      if (this.lockedOn === null) return;
      this.lockedOn = null;
      this.holdsAgainSince = Number.POSITIVE_INFINITY;
    });
  }

  async join(id: string): Promise<void> {
    await this.hold();
    await this.pool.query(
      'insert into workers (id, lock_key, started_at, heartbeat_at) values ($1, $2, now(), now())',
      [id, this.lockKey],
    );
  }

  async beat(id: string, queueIds: readonly string[]): Promise<void> {
    await this.hold();
    const { rowCount } = await this.pool.query(
      'update workers set heartbeat_at = now(), queue_ids = $2 where id = $1',
      [id, queueIds],
    );
    if (rowCount === 0) {
      this.log.warn('this worker had been taken for dead; it joins again', { worker: id });
      await this.join(id);
    }
  }

  async leave(id: string): Promise<void> {
    try {
      await this.pool.query(
        `with gone as (delete from workers where id = $1 returning queue_ids),
           pictures as (${letGo('generations')}), trainings as (${letGo('trainings')})
         select unlock_jobs(queue_ids) from gone`,
        [id],
      );
    } finally {
      await this.letGo();
    }
  }

  async findDead(): Promise<DeadWorker[]> {
    if (this.wasCutOff()) return [];
    const { rows } = await this.pool.query<DeadWorker & { unlocked: boolean; late: boolean }>(
      `select id, extract(epoch from heartbeat_at)::text as sign, ${isUnlocked} as unlocked, ${isLate} as late
       from workers where lock_key <> $1`,
      [this.lockKey],
    );
    this.others = rows.length;
    const silences = this.silence.look(new Map(rows.map(({ id, sign }) => [id, sign])));
    // One that holds its lock is given the whole minute by our own ticks: the database's clock may jump.
    return rows.filter(({ id, unlocked, late }) => {
      const silent = silences.get(id) ?? 0;
      return (unlocked && (late || silent >= graceSeconds)) || silent >= silenceSeconds;
    });
  }

  isAlone(): boolean {
    return this.others === 0;
  }

  async countAlive(): Promise<number> {
    const { rows } = await this.pool.query<{ count: string }>(
      `select count(*) from workers where not (${isDead})`,
    );
    return Number(rows[0]?.count ?? 0);
  }

  /** The database was away, or we were: the others may not be back yet, and are as alive as we are. */
  private wasCutOff(): boolean {
    const since = this.holdsAgainSince;
    return since !== null && this.milliseconds() < since + graceSeconds * 1000;
  }

  /** Takes the lock, again if the connection that held it was lost. */
  private async hold(): Promise<void> {
    if (this.lockedOn !== null) return;
    this.locking ??= this.lock().finally(() => {
      this.locking = null;
    });
    await this.locking;
  }

  private async lock(): Promise<void> {
    const client = await this.session.take();
    // Noted before it is there: a connection that is lost meanwhile is noticed.
    this.lockedOn = client;
    try {
      await client.query('select pg_advisory_lock_shared($1, $2)', [lockSpace, this.lockKey]);
    } catch (error) {
      this.lockedOn = null;
      throw error;
    }
    if (this.holdsAgainSince !== null) this.holdsAgainSince = this.milliseconds();
  }

  private async letGo(): Promise<void> {
    const { lockedOn } = this;
    this.lockedOn = null;
    await lockedOn?.query('select pg_advisory_unlock_shared($1, $2)', [lockSpace, this.lockKey]);
  }
}
