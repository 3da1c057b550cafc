import type { ApiKey } from '../../../../domain/api-key.js';
import type { UserId } from '../../../../domain/ids.js';

export interface ApiKeyStore {
  add(key: ApiKey): Promise<void>;
  /** By its shown part; also one that is over. */
  find(shown: string): Promise<ApiKey | null>;
  /** Newest first: theirs, or everybody's. */
  list(owner?: UserId): Promise<ApiKey[]>;
  /** From now on it lets nobody in. `false`: there is none (of theirs, where an owner is named), or it was revoked before. */
  revoke(id: string, now: Date, owner?: UserId): Promise<boolean>;
  /** Takes note that it was used, at most once a minute. */
  noteUse(id: string, now: Date): Promise<void>;
}
