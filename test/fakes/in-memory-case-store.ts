import type { CaseStore } from '../../src/application/ports/stores/operator/case-store.js';
import type { UserId } from '../../src/domain/ids.js';
import { type Case, type Decision, keyOf, type NewCase } from '../../src/domain/operator/case.js';
import type { Access } from './in-memory-state.js';

export class InMemoryCaseStore implements CaseStore {
  constructor(private readonly access: Access) {}

  open(opened: NewCase): Promise<boolean> {
    const empty = { reporter: null, subject: null, category: null, photos: [], words: null };
    return this.access(({ operator: { cases } }) => {
      const key = keyOf(opened);
      if (cases.has(key)) return false;
      cases.set(key, { ...empty, ...opened, decision: null, decidedAt: null });
      return true;
    });
  }

  find(id: string): Promise<Case | null> {
    return this.all(({ id: each }) => each === id).then(([found = null]) => found);
  }

  waiting(skip: number): Promise<Case | null> {
    return this.all(isWaiting).then((waiting) => waiting[skip] ?? null);
  }

  countWaiting(): Promise<number> {
    return this.all(isWaiting).then(({ length }) => length);
  }

  async firstWaiting(limit: number): Promise<Case[]> {
    const waiting = await this.all(isWaiting);
    const isFirst = (each: Case, index: number) =>
      each.kind !== 'recipe' ||
      waiting.findIndex(({ kind, subject }) => kind === 'recipe' && subject === each.subject) === index;
    return waiting.filter(isFirst).slice(0, limit);
  }

  decide(id: string, decision: Decision, now: Date): Promise<Case | null> {
    return this.access(({ operator: { cases } }) => {
      const decided = [...cases.values()].find((each) => each.id === id && isWaiting(each));
      if (decided === undefined) return null;
      const isSame = ({ kind, subject }: Case) => kind === 'recipe' && subject === decided.subject;
      for (const [key, each] of cases)
        if (isWaiting(each) && (each.id === id || (decided.kind === 'recipe' && isSame(each))))
          cases.set(key, { ...each, decision, decidedAt: now });
      return { ...decided, decision, decidedAt: now };
    });
  }

  ofSubject(subject: string): Promise<Case[]> {
    return this.all((each) => each.subject === subject);
  }

  concerning(owner: UserId): Promise<Case[]> {
    return this.all(({ person, reporter }) => [person, reporter].includes(owner));
  }

  private all(fits: (each: Case) => boolean): Promise<Case[]> {
    return this.access(({ operator: { cases } }) =>
      [...cases.values()]
        .filter(fits)
        .sort(
          (one, other) => one.openedAt.getTime() - other.openedAt.getTime() || (one.id < other.id ? -1 : 1),
        ),
    );
  }
}

const isWaiting = ({ decision }: Case): boolean => decision === null;
