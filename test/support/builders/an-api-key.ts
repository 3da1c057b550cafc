import type { ApiKey } from '../../../src/domain/api-key.js';
import { longAgo, someone } from './ids.js';

export const anApiKey = (changes: Partial<ApiKey> = {}): ApiKey => ({
  id: '00000000-0000-4000-8000-00000000a001',
  owner: someone,
  name: 'my script',
  shown: 'AAAA1111',
  digest: 'd1',
  scopes: ['generate', 'read'],
  createdAt: longAgo,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  ...changes,
});
