import { type Kysely, sql } from 'kysely';
import type { ImageRow } from '../../../application/ports/stores/image-store.js';
import type {
  DeletionReceipt,
  LeftAtFal,
  PersonalData,
  StoredCounts,
} from '../../../application/ports/stores/personal-data.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';
import { forgetting } from './forgetting.js';
import { toImageRow } from './postgres-image-store.js';

const withTimes = (left: LeftAtFal): LeftAtFal => ({
  ...left,
  picturesUntil: left.picturesUntil === null ? null : new Date(left.picturesUntil),
  restUntil: left.restUntil === null ? null : new Date(left.restUntil),
});

export class PostgresPersonalData implements PersonalData {
  constructor(private readonly database: Kysely<Tables>) {}

  async count(owner: UserId): Promise<StoredCounts> {
    const { rows } = await sql<StoredCounts>`
      select (select count(*)::int from avatars where owner = ${owner}) as "avatars",
        (select count(*)::int from draft_photos where owner = ${owner}) as "photos",
        (select count(*)::int from trainings where owner = ${owner}) as "trainings",
        (select count(*)::int from generations where owner = ${owner}) as "generations",
        (select count(*)::int from images where owner = ${owner} and not proof) as "images",
        (select count(*)::int from ledger_entries where user_id = ${owner}) as "ledgerEntries"`.execute(
      this.database,
    );
    const [counts] = rows;
    if (counts === undefined) throw new Error('a query of one row gave none');
    return counts;
  }

  async requestsToFal(owner: UserId, avatar?: AvatarId): Promise<{ last: Date | null; isOpen: boolean }> {
    const { rows } = await sql<{ last: Date | null; isOpen: boolean | null }>`
      select max(greatest(created_at, submitted_at, collected_at, ended_at)) filter (where submits > 0) as "last",
        bool_or(status in ('submitting', 'submitted')) as "isOpen"
      from generations
      where owner = ${owner} ${avatar === undefined ? sql`` : sql`and (avatar = ${avatar} or companion = ${avatar})`}`.execute(
      this.database,
    );
    return { last: rows[0]?.last ?? null, isOpen: rows[0]?.isOpen ?? false };
  }

  images(owner: UserId, avatar?: AvatarId): Promise<ImageRow[]> {
    return this.pictures(owner, false, avatar);
  }

  proofPictures(owner: UserId, avatar?: AvatarId): Promise<ImageRow[]> {
    return this.pictures(owner, true, avatar);
  }

  async removeImages(owner: UserId, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await sql`
      delete from images where id in (
        select id from images where owner = ${owner} and id = any(${[...ids]}::uuid[]) order by id for update
      )`.execute(this.database);
  }

  async forget(owner: UserId): Promise<void> {
    for (const statement of forgetting(owner)) await statement.execute(this.database);
  }

  async keepReceipt({ id, at, counts, atFal }: DeletionReceipt): Promise<void> {
    await this.database
      .insertInto('deletion_receipts')
      .values({
        id,
        at,
        counts: JSON.stringify(counts),
        atFal: atFal === null ? null : JSON.stringify(atFal),
      })
      .execute();
  }

  async findReceipt(id: string): Promise<DeletionReceipt | null> {
    const row = await this.database
      .selectFrom('deletion_receipts')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    return { ...row, atFal: row.atFal === null ? null : withTimes(row.atFal) };
  }

  private async pictures(owner: UserId, proof: boolean, avatar?: AvatarId): Promise<ImageRow[]> {
    let query = this.database
      .selectFrom('images')
      .selectAll('images')
      .where('images.owner', '=', owner)
      .where('images.proof', '=', proof)
      .orderBy('images.createdAt')
      .orderBy('images.id');
    if (avatar !== undefined)
      query = query
        .innerJoin('generations', 'generations.id', 'images.generation')
        .where((is) =>
          is.or([is('generations.avatar', '=', avatar), is('generations.companion', '=', avatar)]),
        );
    return (await query.execute()).map(toImageRow);
  }
}
