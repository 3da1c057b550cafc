import type { UserId } from '../../domain/ids.js';
import type { Policy } from '../policy/policy.js';

/** Whether the operator lets this person in. */
export const mayEnter = (policy: Policy, user: UserId): boolean =>
  policy.allowedUsers.size === 0 || policy.allowedUsers.has(user);
