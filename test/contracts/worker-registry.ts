import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkerRegistry } from '../../src/application/ports/stores/jobs/worker-registry.js';
import type { WorkerStore } from '../../src/application/ports/stores/jobs/worker-store.js';

/** Several processes that know each other only by the registry. */
export interface WorkerRegistryWorld {
  /** The registry as a new process sees it. */
  process(): WorkerRegistry;
  /** The same list, as it is written. */
  readonly workers: WorkerStore;
  /** Ends a process as `kill -9` does, and lets pass what it is given to come back. */
  kill(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Holds for every WorkerRegistry. */
export function workerRegistryContract(name: string, open: () => Promise<WorkerRegistryWorld>): void {
  describe(`${name} as WorkerRegistry`, () => {
    let world: WorkerRegistryWorld;
    let one: WorkerRegistry;
    let other: WorkerRegistry;
    beforeEach(async () => {
      world = await open();
      [one, other] = [world.process(), world.process()];
      await one.join('one');
      await other.join('other');
      await one.beat('one', ['queue one']);
    });
    const reapDead = async () => world.workers.reap(await one.findDead());
    afterEach(async () => {
      await one.leave('one');
      await other.leave('other');
      await world.close();
    });

    it('counts who joined and did not leave', async () => {
      expect(await one.countAlive()).toBe(2);
      await other.leave('other');
      expect(await one.countAlive()).toBe(1);
    });

    it('buries nobody who lives, or who left', async () => {
      await other.leave('other');
      expect(await reapDead()).toEqual([]);
    });

    it('finds out who was killed, and buries them once', async () => {
      await world.kill('other');
      expect(await one.countAlive()).toBe(1);
      expect(await reapDead()).toEqual(['other']);
      expect(await reapDead()).toEqual([]);
      expect(await one.countAlive()).toBe(1);
    });

    it('leaves one on the list that has come back between the finding and the burying', async () => {
      await world.kill('other');
      const dead = await one.findDead();
      await other.beat('other', []);
      expect(await world.workers.reap(dead)).toEqual([]);
      expect(await one.countAlive()).toBe(2);
    });

    it('takes one back that was buried alive', async () => {
      await world.kill('other');
      await reapDead();
      await other.beat('other', []);
      expect(await one.countAlive()).toBe(2);
      expect(await reapDead()).toEqual([]);
    });
  });
}
