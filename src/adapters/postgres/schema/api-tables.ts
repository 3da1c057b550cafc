import type { KeptAnswer } from '../../../application/ports/stores/api/api-request-store.js';
import type { KeyScope } from '../../../domain/api-key.js';
import type { UserId } from '../../../domain/ids.js';
import type { Json, NullableJson } from './json-column.js';

/** What the HTTP API alone keeps. */
export interface ApiTables {
  api_keys: {
    id: string;
    owner: UserId;
    name: string;
    shown: string;
    digest: string;
    scopes: Json<readonly KeyScope[]>;
    createdAt: Date;
    expiresAt: Date | null;
    revokedAt: Date | null;
    lastUsedAt: Date | null;
  };
  api_requests: {
    id: string;
    owner: UserId;
    value: string;
    digest: string;
    takenUntil: Date;
    answer: NullableJson<KeptAnswer>;
    createdAt: Date;
  };
}
