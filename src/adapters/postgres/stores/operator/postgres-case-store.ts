import { type Kysely, type Selectable, sql } from 'kysely';
import type { CaseStore } from '../../../../application/ports/stores/operator/case-store.js';
import type { UserId } from '../../../../domain/ids.js';
import { type Case, type Decision, keyOf, type NewCase } from '../../../../domain/operator/case.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresCaseStore implements CaseStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async open(opened: NewCase): Promise<boolean> {
    const row = { ...opened, photos: JSON.stringify(opened.photos ?? []), key: keyOf(opened) };
    const { numInsertedOrUpdatedRows = 0n } = await this.database
      .insertInto('moderation_cases')
      .values(row)
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows > 0n;
  }

  async find(id: string): Promise<Case | null> {
    const row = await this.all().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : asCase(row);
  }

  async waiting(skip: number): Promise<Case | null> {
    const row = await this.all().where('decision', 'is', null).offset(skip).limit(1).executeTakeFirst();
    return row === undefined ? null : asCase(row);
  }

  async countWaiting(): Promise<number> {
    const { waiting } = await this.database
      .selectFrom('moderation_cases')
      .select(({ fn }) => fn.countAll<string>().as('waiting'))
      .where('decision', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(waiting);
  }

  async firstWaiting(limit: number): Promise<Case[]> {
    const isFirst = sql<boolean>`not exists (select from moderation_cases as other
      where moderation_cases.kind = 'recipe' and other.kind = 'recipe' and other.subject = moderation_cases.subject
        and other.decision is null
        and (other.opened_at, other.id) < (moderation_cases.opened_at, moderation_cases.id))`;
    const rows = await this.all().where('decision', 'is', null).where(isFirst).limit(limit).execute();
    return rows.map(asCase);
  }

  async decide(id: string, decision: Decision, now: Date): Promise<Case | null> {
    const decided = { decision, decidedAt: now };
    const row = await this.database
      .updateTable('moderation_cases')
      .set(decided)
      .where('id', '=', id)
      .where('decision', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return null;
    if (row.kind === 'recipe')
      await this.database
        .updateTable('moderation_cases')
        .set(decided)
        .where('kind', '=', 'recipe')
        .where('subject', '=', row.subject)
        .where('decision', 'is', null)
        .execute();
    return asCase(row);
  }

  async ofSubject(subject: string): Promise<Case[]> {
    return (await this.all().where('subject', '=', subject).execute()).map(asCase);
  }

  async concerning(person: UserId): Promise<Case[]> {
    const isTheirs = sql<boolean>`${person} in (person, coalesce(reporter, ''))`;
    return (await this.all().where(isTheirs).execute()).map(asCase);
  }

  private all() {
    return this.database.selectFrom('moderation_cases').selectAll().orderBy('openedAt').orderBy('id');
  }
}

const asCase = ({ key: _, ...row }: Selectable<Tables['moderation_cases']>): Case => row;
