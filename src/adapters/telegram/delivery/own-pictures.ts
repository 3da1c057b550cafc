import { createHash } from 'node:crypto';
import { InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import type { ShownPicture } from '../../../application/ports/examples.js';
import type { WayInDatabase } from '../../../application/ports/stores/way-in-database.js';
import { troubleOf } from '../telegram-errors.js';

/** Sends the bot's own pictures: each is uploaded once, and after that sent by the handle that Telegram gave it. */
export class OwnPictures {
  constructor(
    private readonly source: string,
    private readonly database: WayInDatabase,
  ) {}

  /** `send` gets what stands for each of them, and answers with a message for each. */
  async send(
    pictures: readonly ShownPicture[],
    send: (files: readonly (string | InputFile)[]) => Promise<readonly Message[]>,
  ): Promise<void> {
    const { sentFiles } = this.database.stores;
    const names = pictures.map(nameOf);
    const handles = await Promise.all(names.map((name) => sentFiles.ownHandle(this.source, name)));
    const uploads = pictures.map(({ bytes, name }) => new InputFile(bytes, name));
    let sent: readonly Message[];
    try {
      sent = await send(uploads.map((upload, index) => handles[index] ?? upload));
    } catch (error) {
      // Telegram has forgotten one of them.
      if (troubleOf(error)?.kind !== 'unknown_handle') throw error;
      sent = await send(uploads);
    }
    for (const [index, message] of sent.entries()) {
      const handle = message.photo?.at(-1)?.file_id;
      const name = names[index];
      if (handle !== undefined && name !== undefined && handle !== handles[index])
        await sentFiles.rememberOwn(this.source, name, handle);
    }
  }
}

/** Another picture under the same name is another one. */
const nameOf = ({ name, bytes }: ShownPicture): string =>
  `${createHash('sha256').update(bytes).digest('base64url')} ${name}`;
