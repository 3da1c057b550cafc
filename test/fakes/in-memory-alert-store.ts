import type { AlertStore, KeptTrouble } from '../../src/application/ports/stores/operator/alert-store.js';
import type { Trouble } from '../../src/domain/operator/trouble.js';
import type { Access } from './in-memory-state.js';

/** Rows are replaced, never changed. */
export interface AlertRow extends KeptTrouble {
  readonly seenAt: Date;
  readonly nextTryAt: Date;
}

export class InMemoryAlertStore implements AlertStore {
  constructor(private readonly access: Access) {}

  note(id: string, { kind, subject, facts }: Trouble, now: Date): Promise<void> {
    return this.access(({ alerts }) => {
      const same = [...alerts.values()].find(
        (row) => row.kind === kind && row.subject === subject && row.clearedAt === null,
      );
      const fresh = { id, kind, subject, begunAt: now, clearedAt: null, told: 'nothing', tries: 0 } as const;
      const row = same ?? { ...fresh, nextTryAt: now };
      alerts.set(row.id, { ...row, facts, seenAt: now });
    });
  }

  clear(unseenSince: Date, now: Date): Promise<number> {
    return this.access(({ alerts }) => {
      const over = [...alerts.values()].filter((row) => row.clearedAt === null && row.seenAt < unseenSince);
      for (const row of over) alerts.set(row.id, { ...row, clearedAt: now });
      return over.length;
    });
  }

  lasting(): Promise<KeptTrouble[]> {
    return this.access(({ alerts }) =>
      [...alerts.values()]
        .filter(({ clearedAt }) => clearedAt === null)
        .sort((one, other) => one.begunAt.getTime() - other.begunAt.getTime() || (one.id < other.id ? -1 : 1))
        .map(asTrouble),
    );
  }

  take(now: Date, until: Date): Promise<KeptTrouble | null> {
    return this.access(({ alerts }) => {
      const [next] = [...alerts.values()]
        .filter(({ told, clearedAt }) => told === 'nothing' || (told === 'begun' && clearedAt !== null))
        .filter(({ nextTryAt }) => nextTryAt <= now)
        .sort((one, other) => one.nextTryAt.getTime() - other.nextTryAt.getTime());
      if (next === undefined) return null;
      const taken = { ...next, nextTryAt: until, tries: next.tries + 1 };
      alerts.set(taken.id, taken);
      return asTrouble(taken);
    });
  }

  markTold({ id, told }: KeptTrouble, now: Date): Promise<void> {
    return this.access(({ alerts }) => {
      const row = alerts.get(id);
      if (row?.told !== told) return;
      const next = told === 'nothing' ? 'begun' : 'cleared';
      alerts.set(id, { ...row, told: next, tries: 0, nextTryAt: now });
    });
  }

  putOff(id: string, nextTryAt: Date): Promise<void> {
    return this.access(({ alerts }) => {
      const row = alerts.get(id);
      if (row !== undefined) alerts.set(id, { ...row, nextTryAt });
    });
  }

  forget(clearedBefore: Date): Promise<number> {
    return this.access(({ alerts }) => {
      const old = [...alerts.values()].filter(
        ({ clearedAt }) => clearedAt !== null && clearedAt < clearedBefore,
      );
      for (const { id } of old) alerts.delete(id);
      return old.length;
    });
  }
}

const asTrouble = ({ seenAt: _, nextTryAt: __, ...row }: AlertRow): KeptTrouble => row;
