import type {
  AlertStore,
  DueAlert,
  KeptTrouble,
} from '../../src/application/ports/stores/operator/alert-store.js';
import type { Trouble } from '../../src/domain/operator/trouble.js';
import type { Access } from './in-memory-state.js';
import { isOver } from './is-over.js';

/** Rows are replaced, never changed. */
export interface AlertRow extends KeptTrouble {
  readonly seenAt: Date;
  /** On each way. */
  readonly tellings: Readonly<Record<string, Telling>>;
}

interface Telling {
  readonly told: 'nothing' | 'begun' | 'cleared';
  readonly tries: number;
  readonly nextTryAt: Date;
}

export class InMemoryAlertStore implements AlertStore {
  constructor(private readonly access: Access) {}

  note(id: string, { kind, subject, facts }: Trouble, now: Date): Promise<void> {
    return this.access(({ alerts }) => {
      const same = [...alerts.values()].find(
        (row) => row.kind === kind && row.subject === subject && row.clearedAt === null,
      );
      const row = same ?? { id, kind, subject, begunAt: now, clearedAt: null, tellings: {} };
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

  take(way: string, now: Date, until: Date): Promise<DueAlert | null> {
    return this.access(({ alerts }) => {
      for (const row of alerts.values())
        if (row.clearedAt === null && row.tellings[way] === undefined)
          alerts.set(row.id, withTelling(row, way, { told: 'nothing', tries: 0, nextTryAt: now }));
      const due = [...alerts.values()]
        .flatMap((row) => {
          const telling = row.tellings[way];
          return telling === undefined ? [] : [{ row, telling }];
        })
        .filter(
          ({ row, telling }) =>
            telling.told === 'nothing' || (telling.told === 'begun' && row.clearedAt !== null),
        )
        .filter(({ telling }) => isOver(telling.nextTryAt, now))
        .sort(
          (one, other) =>
            one.telling.nextTryAt.getTime() - other.telling.nextTryAt.getTime() ||
            one.row.begunAt.getTime() - other.row.begunAt.getTime(),
        )[0];
      if (due === undefined || due.telling.told === 'cleared') return null;
      const { told } = due.telling;
      const tries = due.telling.tries + 1;
      alerts.set(due.row.id, withTelling(due.row, way, { told, tries, nextTryAt: until }));
      return { ...asTrouble(due.row), way, told, tries };
    });
  }

  markTold({ id, way, told }: DueAlert, now: Date): Promise<void> {
    return this.access(({ alerts }) => {
      const row = alerts.get(id);
      if (row?.tellings[way]?.told !== told) return;
      const next = told === 'nothing' ? 'begun' : 'cleared';
      alerts.set(id, withTelling(row, way, { told: next, tries: 0, nextTryAt: now }));
    });
  }

  putOff({ id, way }: DueAlert, nextTryAt: Date): Promise<void> {
    return this.access(({ alerts }) => {
      const row = alerts.get(id);
      const telling = row?.tellings[way];
      if (row !== undefined && telling !== undefined)
        alerts.set(id, withTelling(row, way, { ...telling, nextTryAt }));
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

const withTelling = (row: AlertRow, way: string, telling: Telling): AlertRow => ({
  ...row,
  tellings: { ...row.tellings, [way]: telling },
});

const asTrouble = ({ seenAt: _, tellings: __, ...row }: AlertRow): KeptTrouble => row;
