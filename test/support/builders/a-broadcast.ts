import { userId } from '../../../src/domain/ids.js';
import type { Broadcast } from '../../../src/domain/operator/broadcast.js';
import { longAgo, nextUuid } from './ids.js';

/** Everybody may come in, as far as the settings say. */
export const openToAll = { admins: new Set<never>(), allowedUsers: new Set<never>() };

/** One that was just begun. */
export const aBroadcast = (changes: Partial<Broadcast> = {}): Broadcast => ({
  id: nextUuid(),
  admin: userId('1'),
  message: { transport: 'test', address: { message: 1 } },
  translations: {},
  card: { transport: 'test', address: { message: 2 } },
  createdAt: longAgo,
  status: 'sending',
  endedAt: null,
  ...changes,
});
