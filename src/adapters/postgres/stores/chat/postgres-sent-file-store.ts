import type { Kysely } from 'kysely';
import type { SentFile, SentFileStore } from '../../../../application/ports/stores/chat/sent-file-store.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresSentFileStore implements SentFileStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async remember(file: SentFile, handle: string): Promise<void> {
    await this.database
      .insertInto('sent_files')
      .values({ ...file, handle })
      .onConflict((conflict) => conflict.columns(['image', 'source', 'form']).doUpdateSet({ handle }))
      .execute();
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
}
