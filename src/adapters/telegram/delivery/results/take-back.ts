import type { BotServices } from '../../bot-services.js';
import { bestEffort } from '../../telegram-errors.js';

/**
 * Deletes the messages that brought these pictures, as far as Telegram lets it: for 48 hours. Returns whether any went.
 * Whose pictures they are was looked at before.
 */
export async function takeBack(
  { api, database, source }: Pick<BotServices, 'api' | 'database' | 'source'>,
  images: readonly string[],
): Promise<boolean> {
  const places = await database.stores.sentFiles.takePlaces(source, images);
  const gone = await Promise.all(
    places.map(({ chat, message }) => bestEffort(() => api.deleteMessage(chat, message))),
  );
  return gone.includes(true);
}
