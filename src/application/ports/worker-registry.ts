/** Which worker processes are alive. A dead one's leases and locked jobs are freed. Times are the database's. */
export interface WorkerRegistry {
  /** Announces this process under `id`, its lease owner name; it counts as alive until it dies or leaves. */
  join(id: string): Promise<void>;
  /** Says "still here", and under which names this process locks jobs in the queue. */
  beat(id: string, queueIds: readonly string[]): Promise<void>;
  leave(id: string): Promise<void>;
  /** Strikes dead processes off, frees the jobs they had locked, and returns their ids. */
  buryDead(): Promise<string[]>;
  /** How many are alive. */
  countAlive(): Promise<number>;
}
