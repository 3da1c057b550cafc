import type { ApiKeyStore } from '../../src/application/ports/stores/api/api-key-store.js';
import type {
  ApiRequestStore,
  Begun,
  KeptAnswer,
  NamedRequest,
} from '../../src/application/ports/stores/api/api-request-store.js';
import type { Stores } from '../../src/application/ports/stores/stores.js';
import type { ApiKey } from '../../src/domain/api-key.js';
import type { UserId } from '../../src/domain/ids.js';
import { type Access, requireUser } from './in-memory-state.js';

interface RequestRow extends Omit<NamedRequest, 'now' | 'until'> {
  readonly takenUntil: Date;
  readonly answer: KeptAnswer | null;
}

/** What the HTTP API alone keeps. Rows are replaced, never changed. */
export interface ApiState {
  readonly keys: Map<string, ApiKey>;
  readonly requests: Map<string, RequestRow>;
}

export const emptyApiState = (): ApiState => ({ keys: new Map(), requests: new Map() });

export const copyOfApiState = ({ keys, requests }: ApiState): ApiState => ({
  keys: new Map(keys),
  requests: new Map(requests),
});

export const apiStoresOver = (access: Access): Pick<Stores, 'apiKeys' | 'apiRequests'> => ({
  apiKeys: new InMemoryApiKeyStore(access),
  apiRequests: new InMemoryApiRequestStore(access),
});

class InMemoryApiKeyStore implements ApiKeyStore {
  constructor(private readonly access: Access) {}

  add(key: ApiKey): Promise<void> {
    return this.access((state) => {
      requireUser(state, key.owner);
      const { keys } = state.api;
      if ([...keys.values()].some(({ shown }) => shown === key.shown))
        throw new Error(`there is a key ${key.shown} already`);
      keys.set(key.id, key);
    });
  }

  find(shown: string): Promise<ApiKey | null> {
    return this.access(({ api }) => [...api.keys.values()].find((key) => key.shown === shown) ?? null);
  }

  list(owner?: UserId): Promise<ApiKey[]> {
    return this.access(({ api }) =>
      [...api.keys.values()]
        .filter((key) => owner === undefined || key.owner === owner)
        .sort(
          (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? -1 : 1),
        ),
    );
  }

  revoke(id: string, now: Date, owner?: UserId): Promise<boolean> {
    return this.access(({ api: { keys } }) => {
      const key = keys.get(id);
      if (key === undefined || key.revokedAt !== null) return false;
      if (owner !== undefined && key.owner !== owner) return false;
      keys.set(id, { ...key, revokedAt: now });
      return true;
    });
  }

  noteUse(id: string, now: Date): Promise<void> {
    return this.access(({ api: { keys } }) => {
      const key = keys.get(id);
      if (key === undefined) return;
      if (key.lastUsedAt !== null && now.getTime() - key.lastUsedAt.getTime() < 60_000) return;
      keys.set(id, { ...key, lastUsedAt: now });
    });
  }
}

class InMemoryApiRequestStore implements ApiRequestStore {
  constructor(private readonly access: Access) {}

  begin({ now, until, ...request }: NamedRequest): Promise<Begun> {
    return this.access((state): Begun => {
      requireUser(state, request.owner);
      const { requests } = state.api;
      const there = [...requests.values()].find(
        ({ owner, value }) => owner === request.owner && value === request.value,
      );
      if (there === undefined) {
        requests.set(request.id, { ...request, takenUntil: until, answer: null });
        return { kind: 'begun', id: request.id, isNew: true };
      }
      if (there.digest !== request.digest) return { kind: 'different' };
      if (there.answer !== null) return { kind: 'answered', answer: there.answer };
      if (there.takenUntil > now) return { kind: 'running' };
      requests.set(there.id, { ...there, takenUntil: until });
      return { kind: 'begun', id: there.id, isNew: false };
    });
  }

  answer(id: string, answer: KeptAnswer): Promise<void> {
    return this.change(id, (row) => ({ ...row, answer }));
  }

  free(id: string, now: Date): Promise<void> {
    return this.change(id, (row) => ({ ...row, takenUntil: now }));
  }

  remove(id: string): Promise<void> {
    return this.access(({ api }) => void api.requests.delete(id));
  }

  private change(id: string, changed: (row: RequestRow) => RequestRow): Promise<void> {
    return this.access(({ api: { requests } }) => {
      const row = requests.get(id);
      if (row !== undefined) requests.set(id, changed(row));
    });
  }
}
