import type { UserId } from '../../../domain/ids.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Needs } from '../../ports/needs.js';
import type { Messenger, ToldPerson } from '../../ports/operator/messenger.js';
import type { Stores } from '../../ports/stores/stores.js';

type Parts = Needs<'operatorActs', 'clock'> & { readonly messenger: Messenger };

/** Writes to somebody in the bot's name. That it was tried is kept, and not what was said. */
export class MessagePerson {
  constructor(private readonly parts: Parts) {}

  async execute(
    user: UserId,
    told: ToldPerson,
    by: { readonly admin: Operator },
  ): Promise<'sent' | 'unreachable'> {
    await this.parts.database.transaction((stores) => this.note(stores, user, by));
    return this.parts.messenger.tell(user, told);
  }

  /** Before it is sent: a second one is worse than one that never came. */
  async note(
    { operatorActs }: Pick<Stores, 'operatorActs'>,
    user: UserId,
    { admin }: { readonly admin: Operator },
  ): Promise<void> {
    const at = this.parts.clock.now();
    await operatorActs.write({ at, admin, act: 'message', subject: user, why: null, details: {} });
  }
}
