import { type Kysely, type Selectable, sql } from 'kysely';
import type {
  AccessOf,
  AdmissionStore,
  Applicant,
} from '../../../../application/ports/stores/operator/admission-store.js';
import type { UserId } from '../../../../domain/ids.js';
import {
  type Admission,
  type AdmissionState,
  admissionStates,
} from '../../../../domain/operator/admission.js';
import type { Tables } from '../../schema/tables.js';
import { isClosed } from './entrance.js';

type Row = Selectable<Tables['admissions']>;

export class PostgresAdmissionStore implements AdmissionStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async of(user: UserId): Promise<AccessOf> {
    const { rows } = await sql<Omit<Row, 'userId'> & { userId: UserId | null } & Omit<AccessOf, 'admission'>>`
      select admissions.*, ${isClosed} as "isClosed",
        exists (select from blocked_people where user_id = ${user}) as "isBlocked"
      from (values (1)) as always left join admissions on user_id = ${user}`.execute(this.database);
    const [row] = rows;
    if (row === undefined) throw new Error('a query of one row gave none');
    const { isClosed: closed, isBlocked, userId, ...rest } = row;
    return { isClosed: closed, isBlocked, admission: userId === null ? null : { user: userId, ...rest } };
  }

  async list({ state, limit, offset = 0 }: Parameters<AdmissionStore['list']>[0]): Promise<Admission[]> {
    const rows = await this.database
      .selectFrom('admissions')
      .selectAll()
      .where('state', '=', state)
      .orderBy('at', 'desc')
      .orderBy('userId')
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map(({ userId: user, ...row }) => ({ user, ...row }));
  }

  async count(): Promise<Record<AdmissionState, number>> {
    const rows = await this.database
      .selectFrom('admissions')
      .select(['state', ({ fn }) => fn.countAll<string>().as('count')])
      .groupBy('state')
      .execute();
    const of = (state: AdmissionState) => Number(rows.find((row) => row.state === state)?.count ?? 0);
    return Object.fromEntries(admissionStates.map((state) => [state, of(state)])) as Record<
      AdmissionState,
      number
    >;
  }

  async ask({ user, name, language }: Applicant, now: Date, turnedAwayBefore: Date): Promise<boolean> {
    const { rows } = await sql`
      insert into admissions as known (user_id, state, name, language, at)
      values (${user}, 'asked', ${name}, ${language}, ${now})
      on conflict (user_id) do update set state = excluded.state, name = excluded.name, language = excluded.language, at = excluded.at
      where known.state in ('refused', 'removed') and known.at <= ${turnedAwayBefore}
      returning 1`.execute(this.database);
    return rows.length === 1;
  }

  async join({ user, name, language }: Applicant, link: string, now: Date): Promise<boolean> {
    const { rows } = await sql`
      insert into admissions as known (user_id, state, name, language, at, link)
      values (${user}, 'allowed', ${name}, ${language}, ${now}, ${link})
      on conflict (user_id) do update set state = excluded.state, name = excluded.name, language = excluded.language,
        at = excluded.at, link = excluded.link
      where known.state = 'asked'
      returning 1`.execute(this.database);
    return rows.length === 1;
  }

  async decide(user: UserId, state: AdmissionState, now: Date, shown?: AdmissionState): Promise<boolean> {
    if (shown !== undefined) {
      const { numUpdatedRows } = await this.database
        .updateTable('admissions')
        .set({ state, at: now })
        .where('userId', '=', user)
        .where('state', '=', shown)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    }
    const { rows } = await sql`
      insert into admissions as known (user_id, state, at) values (${user}, ${state}, ${now})
      on conflict (user_id) do update set state = excluded.state, at = excluded.at
      where known.state <> excluded.state
      returning 1`.execute(this.database);
    return rows.length === 1;
  }

  async clear(): Promise<void> {
    await this.database.deleteFrom('admissions').execute();
  }
}
