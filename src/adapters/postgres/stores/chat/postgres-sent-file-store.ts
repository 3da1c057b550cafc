import type { Kysely } from 'kysely';
import type {
  Sent,
  SentFile,
  SentFileStore,
  SentPlace,
} from '../../../../application/ports/stores/chat/sent-file-store.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresSentFileStore implements SentFileStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async remember({ place, ...sent }: Sent): Promise<void> {
    const columns = { handle: sent.handle, ...place };
    await this.database
      .insertInto('sent_files')
      .values({ ...sent, ...place })
      .onConflict((conflict) => conflict.columns(['image', 'source', 'form']).doUpdateSet(columns))
      .execute();
  }

  async imageAt(source: string, { chat, message }: SentPlace): Promise<string | null> {
    const row = await this.database
      .selectFrom('sent_files')
      .select('image')
      .where('chat', '=', String(chat))
      .where('message', '=', String(message))
      .where('source', '=', source)
      .executeTakeFirst();
    return row?.image ?? null;
  }

  async takePlaces(source: string, images: readonly string[]): Promise<SentPlace[]> {
    if (images.length === 0) return [];
    const rows = await this.database
      .with('standing', (query) =>
        query
          .selectFrom('sent_files')
          .select(['image', 'form', 'chat', 'message'])
          .where('image', 'in', images)
          .where('source', '=', source)
          .where('message', 'is not', null)
          .orderBy('image')
          .orderBy('form')
          .forUpdate(),
      )
      .updateTable('sent_files')
      .from('standing')
      .set({ chat: null, message: null })
      .whereRef('sent_files.image', '=', 'standing.image')
      .whereRef('sent_files.form', '=', 'standing.form')
      .where('sent_files.source', '=', source)
      .returning(['standing.chat', 'standing.message'])
      .execute();
    return rows.map(({ chat, message }) => ({ chat: Number(chat), message: Number(message) }));
  }

  async handles(
    source: string,
    form: SentFile['form'],
    images: readonly string[],
  ): Promise<Map<string, string>> {
    if (images.length === 0) return new Map();
    const rows = await this.database
      .selectFrom('sent_files')
      .select(['image', 'handle'])
      .where('image', 'in', images)
      .where('source', '=', source)
      .where('form', '=', form)
      .execute();
    return new Map(rows.map(({ image, handle }) => [image, handle]));
  }

  async forget({ source, image, form }: SentFile): Promise<void> {
    await this.database
      .deleteFrom('sent_files')
      .where('image', '=', image)
      .where('source', '=', source)
      .where('form', '=', form)
      .execute();
  }

  async ownHandle(source: string, name: string): Promise<string | null> {
    const row = await this.database
      .selectFrom('own_files')
      .select('handle')
      .where('source', '=', source)
      .where('name', '=', name)
      .executeTakeFirst();
    return row?.handle ?? null;
  }

  async rememberOwn(source: string, name: string, handle: string): Promise<void> {
    await this.database
      .insertInto('own_files')
      .values({ source, name, handle })
      .onConflict((conflict) => conflict.columns(['source', 'name']).doUpdateSet({ handle }))
      .execute();
  }
}
