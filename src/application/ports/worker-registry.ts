/** Which worker processes are alive. A dead one's leases and locked jobs are freed. */
export interface WorkerRegistry {
  /** Announces this process under `id`, its lease owner name; it counts as alive until it dies or leaves. */
  join(id: string): Promise<void>;
  /** Says "still here". */
  beat(id: string, now: Date): Promise<void>;
  leave(id: string): Promise<void>;
  /** Strikes dead processes off, frees the jobs they had locked, and returns their ids. */
  buryDead(now: Date): Promise<string[]>;
  /** How many are alive. */
  countAlive(now: Date): Promise<number>;
}
