/** A process that died, as it was when this was found out. */
export interface DeadWorker {
  readonly id: string;
  /** Its last sign of life, whatever the registry counts it by: one that has come back shows another. */
  readonly sign: string;
}

/** Which worker processes are alive. A dead one's leases and locked jobs are freed. Times are the database's. */
export interface WorkerRegistry {
  /** Announces this process under `id`, its lease owner name; it counts as alive until it dies or leaves. */
  join(id: string): Promise<void>;
  /** Says "still here", and under which names this process locks jobs in the queue. */
  beat(id: string, queueIds: readonly string[]): Promise<void>;
  /** Strikes itself off, and frees what it has still locked in the queue. */
  leave(id: string): Promise<void>;
  /** Who is dead and not yet reaped. Changes nothing. */
  findDead(): Promise<DeadWorker[]>;
  /** Nobody else works here, as far as the last look for the dead has shown. */
  isAlone(): boolean;
  /** How many are alive. */
  countAlive(): Promise<number>;
}
