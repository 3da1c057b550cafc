import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Needs } from '../../ports/needs.js';
import { redeemIntent } from '../redeem-intent.js';

interface Opening {
  readonly admin: Operator;
  /** What they were asked, and confirm; where nobody asks there is none. */
  readonly intent?: string;
}

/** Forgets the list of people and its links: everybody may come in again, as far as the settings let them. */
export class OpenToAll {
  constructor(
    private readonly parts: Needs<'admissions' | 'accessLinks' | 'operatorActs' | 'operatorIntents', 'clock'>,
  ) {}

  /** @throws DomainError `intent_over` */
  async execute({ admin, intent: id }: Opening): Promise<void> {
    const at = this.parts.clock.now();
    await this.parts.database.transaction(async (stores) => {
      const { admissions, accessLinks, operatorActs } = stores;
      if (id !== undefined && (await redeemIntent(stores, { id, admin }, at)).act !== 'access-open')
        throw new DomainError({ code: 'intent_over' });
      await admissions.clear();
      await accessLinks.clear();
      await operatorActs.write({ at, admin, act: 'access-open', subject: null, why: null, details: {} });
    });
  }
}
