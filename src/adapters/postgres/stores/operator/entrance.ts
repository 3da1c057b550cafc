import { sql } from 'kysely';
import type { AccessSettings } from '../../../../application/ports/stores/operator/broadcast-store.js';

/** Whether operators have closed the bot for all whom they have not let in. */
export const isClosed = sql<boolean>`(exists (select from access_links)
  or exists (select from admissions where state in ('allowed', 'removed')))`;

/** What `mayEnter` asks about one person, of each row of `users`. */
export const mayEnter = ({ admins, allowedUsers }: AccessSettings) => sql<boolean>`(
  users.id = any(${[...admins]}::text[])
  or not exists (select from blocked_people where blocked_people.user_id = users.id) and (
    users.id = any(${[...allowedUsers]}::text[])
    or exists (select from admissions where admissions.user_id = users.id and admissions.state = 'allowed')
    or ${allowedUsers.size === 0} and not ${isClosed}
  ))`;
