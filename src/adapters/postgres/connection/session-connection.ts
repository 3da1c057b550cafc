import type pg from 'pg';

/**
 * The one connection that a process keeps out of its pool, for locks that hold as long as it lives: the database
 * drops them the moment the process dies. Everybody who needs such a lock shares it.
 */
export class SessionConnection {
  private taking: Promise<pg.PoolClient> | null = null;
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly pool: pg.Pool) {}

  /** The same connection as long as it lasts, then another: locks that were taken on the first are lost with it. */
  take(): Promise<pg.PoolClient> {
    this.taking ??= this.open().catch((error: unknown) => {
      this.taking = null;
      throw error;
    });
    return this.taking;
  }

  onLost(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Gives it back, closed. To be done before the pool is ended, which waits for it. */
  async close(): Promise<void> {
    const { taking } = this;
    this.taking = null;
    const client = await taking?.catch(() => null);
    client?.off('end', this.lost);
    client?.release(true);
  }

  private async open(): Promise<pg.PoolClient> {
    const client = await this.pool.connect();
    client.once('end', this.lost);
    return client;
  }

  private readonly lost = (): void => {
    void this.close();
    for (const listener of this.listeners) listener();
  };
}
