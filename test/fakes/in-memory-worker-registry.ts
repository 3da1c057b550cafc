import type { DeadWorker, WorkerRegistry } from '../../src/application/ports/stores/jobs/worker-registry.js';

export class InMemoryWorkerRegistry implements WorkerRegistry {
  private readonly members = new Set<string>();
  private readonly killed = new Map<string, DeadWorker>();
  /** Every beat, oldest first. */
  readonly beats: { readonly id: string; readonly queueIds: readonly string[] }[] = [];

  async join(id: string): Promise<void> {
    this.members.add(id);
  }

  async beat(id: string, queueIds: readonly string[]): Promise<void> {
    this.beats.push({ id, queueIds });
    this.members.add(id);
    this.killed.delete(id);
  }

  async leave(id: string): Promise<void> {
    this.members.delete(id);
    this.killed.delete(id);
  }

  async findDead(): Promise<DeadWorker[]> {
    return [...this.killed.values()];
  }

  isAlone(): boolean {
    return this.members.size <= 1;
  }

  async countAlive(): Promise<number> {
    return this.members.size - this.killed.size;
  }

  /** What `kill -9` does: it does not leave, it is gone. */
  kill(id: string): void {
    if (!this.members.has(id)) throw new Error(`${id} never joined`);
    this.killed.set(id, { id, sign: String(this.beats.length) });
  }
}
