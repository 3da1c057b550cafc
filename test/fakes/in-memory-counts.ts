import type { AllowanceStore, AllowanceUse } from '../../src/application/ports/stores/allowance-store.js';
import type { AttemptStore } from '../../src/application/ports/stores/jobs/attempt-store.js';
import type { Stores } from '../../src/application/ports/stores/stores.js';
import { secondsOf } from '../../src/domain/allowance.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Access } from './in-memory-state.js';
import { isLikely } from './is-over.js';

/** What is counted of people. Rows are replaced, never changed. */
export interface CountState {
  readonly allowances: Map<string, { readonly used: number; readonly since: Date }>;
  readonly attempts: Map<string, { readonly attempts: number; readonly at: Date }>;
}

export const emptyCountState = (): CountState => ({ allowances: new Map(), attempts: new Map() });

export const copyOfCountState = ({ allowances, attempts }: CountState): CountState => ({
  allowances: new Map(allowances),
  attempts: new Map(attempts),
});

export const countStoresOver = (access: Access): Pick<Stores, 'allowances' | 'attempts'> => ({
  allowances: new InMemoryAllowanceStore(access),
  attempts: new InMemoryAttemptStore(access),
});

const later = (time: Date, seconds: number) => new Date(time.getTime() + seconds * 1000);

class InMemoryAllowanceStore implements AllowanceStore {
  constructor(private readonly access: Access) {}

  use({ owner, kind, amount, limit }: AllowanceUse, now: Date): Promise<Date | null> {
    return this.access(({ counts: { allowances } }) => {
      const known = allowances.get(`${owner} ${kind}`);
      const day =
        known !== undefined && isLikely(known.since, now) && later(known.since, secondsOf(kind)) > now
          ? known
          : null;
      const used = (day?.used ?? 0) + amount;
      if (used > limit) return later(day?.since ?? now, secondsOf(kind));
      allowances.set(`${owner} ${kind}`, { used, since: day?.since ?? now });
      return null;
    });
  }

  forget(before: Date): Promise<void> {
    return this.access(({ counts: { allowances } }) => {
      for (const [key, { since }] of allowances) if (since < before) allowances.delete(key);
    });
  }
}

class InMemoryAttemptStore implements AttemptStore {
  constructor(private readonly access: Access) {}

  begin(owner: UserId, sha256: string, at: Date): Promise<number> {
    return this.access(({ counts }) => {
      const attempts = (counts.attempts.get(`${owner} ${sha256}`)?.attempts ?? 0) + 1;
      counts.attempts.set(`${owner} ${sha256}`, { attempts, at });
      return attempts;
    });
  }

  end(owner: UserId, sha256: string): Promise<void> {
    return this.access(({ counts }) => void counts.attempts.delete(`${owner} ${sha256}`));
  }

  forget(before: Date): Promise<void> {
    return this.access(({ counts: { attempts } }) => {
      for (const [key, { at }] of attempts) if (at < before) attempts.delete(key);
    });
  }
}
