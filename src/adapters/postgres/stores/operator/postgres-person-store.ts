import { type Kysely, sql } from 'kysely';
import type {
  ListedUser,
  PeopleFilter,
  PersonStore,
} from '../../../../application/ports/stores/operator/person-store.js';
import type { User } from '../../../../application/ports/stores/user-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { PersonWork } from '../../../../domain/operator/person.js';
import type { Tables } from '../../schema/tables.js';
import { costOfPicture, costOfTraining, statusOfTraining } from './postgres-numbers-store.js';

export class PostgresPersonStore implements PersonStore {
  constructor(private readonly database: Kysely<Tables>) {}

  named(words: string, limit: number): Promise<User[]> {
    return this.database
      .selectFrom('users')
      .selectAll()
      .where(sql<boolean>`position(lower(${words}) in lower(display_name)) > 0`)
      .orderBy('createdAt', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  list({ isBlocked, limit }: PeopleFilter): Promise<ListedUser[]> {
    return this.database
      .selectFrom('users')
      .leftJoin('blocked_people as block', 'block.userId', 'users.id')
      .select(['users.id', 'displayName', 'language', 'createdAt', 'block.at as blockedAt'])
      .$if(isBlocked === true, (query) => query.where('block.at', 'is not', null))
      .orderBy('createdAt', 'desc')
      .orderBy('users.id')
      .limit(limit)
      .execute();
  }

  async work(user: UserId, since: Date): Promise<PersonWork> {
    const { rows } = await sql<PersonWork>`
      select
        (select coalesce(jsonb_object_agg(status, jobs), '{}') from (
          select status, count(*) as jobs from generations where owner = ${user} group by status) as counted) as pictures,
        (select coalesce(jsonb_object_agg(status, jobs), '{}') from (
          select ${statusOfTraining} as status, count(*) as jobs from trainings where owner = ${user} group by 1
        ) as counted) as trainings,
        (select count(*)::integer from avatars where owner = ${user}) as avatars,
        (select coalesce(-sum(amount), 0)::float8 from ledger_entries
          where user_id = ${user} and at >= ${since} and kind in ('hold', 'release', 'capture')) as spent,
        (select coalesce(sum(cost), 0)::float8 from (
          select ${costOfPicture} as cost from generations where owner = ${user} and created_at >= ${since}
          union all
          select ${costOfTraining} from trainings where owner = ${user} and created_at >= ${since}) as bought) as cost`.execute(
      this.database,
    );
    const [work] = rows;
    if (work === undefined) throw new Error('a query of one row gave none');
    return work;
  }
}
