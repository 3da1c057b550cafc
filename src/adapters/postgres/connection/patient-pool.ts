import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const retryMilliseconds = 250;
const probeMilliseconds = 1000;

type Callback = Extract<Parameters<pg.Pool['connect']>, [unknown]>[0];

/** The server has given as many connections as it may. The message says so in its own words. */
export class NoMoreConnections extends Error {
  override readonly name = 'NoMoreConnections';
  /** As PostgreSQL says it. */
  readonly code = '53300';
}

/**
 * A pool that opens no more than it may, and less where the server gives less: a refused connection is no reason to
 * fail as long as there are others, which come free in a moment. Once a second it tries for more.
 */
export class PatientPool extends pg.Pool {
  private readonly most: number;
  private refusal: Error | null = null;
  /** How many there were at the last refusal. */
  private given = 0;

  constructor(
    config: pg.PoolConfig & { readonly max: number },
    private readonly onRefusal: (error: NoMoreConnections) => void,
    private readonly patienceMilliseconds = 10_000,
  ) {
    super({ ...config, connectionTimeoutMillis: patienceMilliseconds, keepAlive: true });
    this.most = config.max;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | undefined {
    const connecting = this.connectPatiently();
    if (callback === undefined) return connecting;
    connecting.then(
      (client) => callback(undefined, client, client.release),
      (error: Error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }

  private async connectPatiently(): Promise<pg.PoolClient> {
    const deadline = performance.now() + this.patienceMilliseconds;
    for (;;) {
      try {
        return await super.connect();
      } catch (error) {
        if (!isRefusal(error)) throw this.inWords(error);
        this.makeDo(error);
        if (this.totalCount > 0) continue;
        if (performance.now() > deadline) throw new NoMoreConnections(error.message, { cause: error });
        await sleep(retryMilliseconds);
      }
    }
  }

  /** From now on callers wait for a free connection instead of opening one. */
  private makeDo(refusal: Error): void {
    this.settle();
    if (this.refusal !== null) return;
    this.refusal = refusal;
    this.onRefusal(
      new NoMoreConnections(`this process goes on with ${this.given} of ${this.most} connections`, {
        cause: refusal,
      }),
    );
    this.probeLater();
  }

  private settle(): void {
    this.given = this.totalCount;
    this.options.max = Math.max(1, this.given);
  }

  private probeLater(): void {
    setTimeout(() => {
      if (this.ending) return;
      if (this.waitingCount === 0) this.recover();
      else void this.probe();
    }, probeMilliseconds).unref();
  }

  private recover(): void {
    this.refusal = null;
    this.options.max = this.most;
  }

  /** Whoever waits is served by the first connection that comes free, and this may be a new one. */
  private async probe(): Promise<void> {
    this.options.max = Math.min(this.most, this.totalCount + 1);
    try {
      (await super.connect()).release();
    } catch {
      // Those who wait are told by their own calls.
      this.settle();
    }
    this.probeLater();
  }

  private inWords(error: unknown): unknown {
    if (!(error instanceof Error) || !error.message.startsWith('timeout exceeded')) return error;
    const count = this.refusal === null ? this.totalCount : this.given;
    const held = `none of the ${count} database connections of this process came free within ${this.patienceMilliseconds / 1000} s`;
    return this.refusal === null
      ? new Error(`${held} (DATABASE_CONNECTIONS is ${this.most})`, { cause: error })
      : new NoMoreConnections(`${held}, and the server refuses more: ${this.refusal.message}`, {
          cause: error,
        });
  }
}

/** PostgreSQL's and PgBouncer's. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === '53300') || /no more connections allowed/.test(error.message);
}
