import { requestKeyOfForm } from '../../../../application/composer/submit-form.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';

/** What became of a text that was not paid for: refused, or the words of a form that is still being chosen. */
export interface Unpaid {
  readonly form?: string | undefined;
  /** The message with the screen of that form. */
  readonly screen?: number | undefined;
}

/** As it lies in rows, where a form is called a wish. */
interface UnpaidInRow {
  readonly wish?: string | undefined;
  readonly screen?: number | undefined;
}

/** How many texts of a chat are searched for one that was edited. */
const looked = 1000;

/** Texts that can still be corrected by editing them. Stored like updates, and deleted with them. */
export class UnpaidPrompts {
  constructor(private readonly services: Pick<BotServices, 'database' | 'clock' | 'source'>) {}

  async remember({ chat, message }: BotContext, unpaid: Unpaid): Promise<void> {
    const { database, clock } = this.services;
    if (chat === undefined || message?.text === undefined) return;
    const body: UnpaidInRow = { wish: unpaid.form, screen: unpaid.screen };
    const kept = [{ id: message.message_id, body }];
    await database.stores.updates.keep(this.inboxName(chat.id), kept, clock.now());
  }

  /** `null` when a job was made of that text, or it is not known here. */
  async find(chat: number, message: number): Promise<Unpaid | null> {
    const { stores } = this.services.database;
    const always = new Date(8.64e15);
    const all = await stores.updates.unfinished(
      this.inboxName(chat),
      { received: always, claimed: always },
      { all: looked, each: looked },
    );
    const found = all.find(({ id }) => id === message);
    if (found === undefined) return null;
    // Written by `remember`.
    const { wish: form, screen } = found.body as UnpaidInRow;
    const key = form === undefined ? `${this.services.source}:${chat}:${message}` : requestKeyOfForm(form);
    return (await stores.generations.findByRequestKey(key)) === null ? { form, screen } : null;
  }

  private inboxName(chat: number): string {
    return `unpaid:${this.services.source}:${chat}`;
  }
}
