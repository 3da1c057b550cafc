import type { Block } from '../../src/application/ports/stores/operator/block-store.js';
import type { OperatorActStore } from '../../src/application/ports/stores/operator/operator-act-store.js';
import type { OperatorIntentStore } from '../../src/application/ports/stores/operator/operator-intent-store.js';
import type { Stores } from '../../src/application/ports/stores/stores.js';
import type { UserId } from '../../src/domain/ids.js';
import type { KeptAct, Operator, OperatorAct } from '../../src/domain/operator/act.js';
import type { Case } from '../../src/domain/operator/case.js';
import type { IntendedAct, Intent } from '../../src/domain/operator/intent.js';
import { InMemoryBlockStore } from './in-memory-block-store.js';
import { InMemoryCaseStore } from './in-memory-case-store.js';
import { InMemoryPersonStore } from './in-memory-person-store.js';
import type { Access } from './in-memory-state.js';

/** What operators did, and what they were asked before. Rows are replaced, never changed. */
export interface OperatorState {
  readonly acts: KeptAct[];
  readonly blocks: Map<UserId, Block>;
  readonly intents: Map<string, Intent & { readonly doneAt: Date | null }>;
  /** By what makes two of them the same. */
  readonly cases: Map<string, Case>;
}

export const emptyOperatorState = (): OperatorState => ({
  ...{ acts: [], blocks: new Map(), intents: new Map(), cases: new Map() },
});

export const copyOfOperatorState = ({ acts, blocks, intents, cases }: OperatorState): OperatorState => ({
  acts: [...acts],
  blocks: new Map(blocks),
  intents: new Map(intents),
  cases: new Map(cases),
});

export const operatorStoresOver = (
  access: Access,
): Pick<Stores, 'blocks' | 'cases' | 'operatorActs' | 'operatorIntents' | 'people'> => ({
  blocks: new InMemoryBlockStore(access),
  people: new InMemoryPersonStore(access),
  operatorActs: new InMemoryOperatorActStore(access),
  cases: new InMemoryCaseStore(access),
  operatorIntents: new InMemoryOperatorIntentStore(access),
});

class InMemoryOperatorActStore implements OperatorActStore {
  constructor(private readonly access: Access) {}

  write(act: OperatorAct): Promise<void> {
    return this.access(({ operator: { acts } }) => void acts.push({ ...act, id: acts.length + 1 }));
  }

  list(limit: number, before = Number.POSITIVE_INFINITY): Promise<KeptAct[]> {
    return this.access(({ operator: { acts } }) =>
      acts
        .filter(({ id }) => id < before)
        .reverse()
        .slice(0, limit),
    );
  }

  ofOthers(admin: Operator, since: Date): Promise<KeptAct[]> {
    return this.access(({ operator: { acts } }) =>
      acts.filter((act) => act.at > since && act.admin !== admin).reverse(),
    );
  }

  about(subject: UserId): Promise<KeptAct[]> {
    return this.access(({ operator: { acts } }) => acts.filter((act) => act.subject === subject));
  }
}

class InMemoryOperatorIntentStore implements OperatorIntentStore {
  constructor(private readonly access: Access) {}

  keep(intent: Intent): Promise<void> {
    return this.access(
      ({ operator: { intents } }) => void intents.set(intent.id, { ...intent, doneAt: null }),
    );
  }

  find(asked: Pick<Intent, 'id' | 'admin'>, madeAfter: Date): Promise<IntendedAct | null> {
    return this.access(({ operator }) => valid(operator, asked, madeAfter)?.act ?? null);
  }

  change(intent: Intent, madeAfter: Date): Promise<boolean> {
    return this.access(({ operator }) => {
      if (valid(operator, intent, madeAfter) === undefined) return false;
      operator.intents.set(intent.id, { ...intent, doneAt: null });
      return true;
    });
  }

  take(asked: Pick<Intent, 'id' | 'admin'>, madeAfter: Date, now: Date): Promise<Intent | null> {
    return this.access(({ operator }) => {
      const intent = valid(operator, asked, madeAfter);
      if (intent === undefined) return null;
      operator.intents.set(intent.id, { ...intent, doneAt: now });
      return intent;
    });
  }
}

function valid({ intents }: OperatorState, { id, admin }: Pick<Intent, 'id' | 'admin'>, madeAfter: Date) {
  const intent = intents.get(id);
  const isTheirs = intent !== undefined && intent.admin === admin && intent.doneAt === null;
  return isTheirs && intent.madeAt > madeAfter ? intent : undefined;
}
