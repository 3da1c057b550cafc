import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';

type Parts = Needs<'admissions'> & { readonly policy: Pick<Policy, 'admins' | 'allowedUsers'> };

/**
 * Whether the operators let this person in: by the settings or by their list. Everybody may come in where neither
 * names anybody. Operators always may, or they could not undo what closed the door.
 * @throws DomainError `person_blocked`
 */
export async function mayEnter({ database, policy }: Parts, user: UserId): Promise<boolean> {
  if (policy.admins.has(user)) return true;
  const { isClosed, isBlocked, admission } = await database.stores.admissions.of(user);
  if (isBlocked) throw new DomainError({ code: 'person_blocked' });
  if (policy.allowedUsers.has(user) || admission?.state === 'allowed') return true;
  return !isClosed && policy.allowedUsers.size === 0;
}

/** @throws DomainError `not_allowed`, `person_blocked` */
export async function refuseStrangers(parts: Parts, user: UserId): Promise<void> {
  if (!(await mayEnter(parts, user))) throw new DomainError({ code: 'not_allowed' });
}
