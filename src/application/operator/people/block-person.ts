import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { CancelSubscription } from '../../payments/cancel-subscription.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';

type Touched = 'blocks' | 'operatorActs';
type Parts = Needs<Touched, 'clock' | 'log'> & { readonly cancelSubscription: CancelSubscription };

interface Blocking {
  readonly user: UserId;
  readonly why: string | null;
  /** When it was decided; `undefined`: now. */
  readonly at?: Date;
}

/** Keeps somebody out of everything but their own data, from their next message or tap on. */
export class BlockPerson {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `wrong_state` when they are blocked already */
  async execute(blocking: Blocking, by: { readonly admin: Operator }): Promise<void> {
    await this.parts.database.transaction((stores) => this.within(stores, blocking, by));
    await this.endSubscriptions(blocking.user);
  }

  /** The same in somebody's transaction, who ends their subscriptions after it. */
  async within(
    { blocks, operatorActs }: Pick<Stores, Touched>,
    { user, why, at = this.parts.clock.now() }: Blocking,
    { admin }: { readonly admin: Operator },
  ): Promise<void> {
    if (!(await blocks.block({ user, at, why })))
      throw new DomainError({ code: 'wrong_state', what: 'person', status: 'blocked', wanted: 'blocked' });
    await operatorActs.write({ at, admin, act: 'block', subject: user, why, details: {} });
  }

  /** Nobody pays for what they cannot use. What cannot be ended now stays on the person's card. */
  async endSubscriptions(user: UserId): Promise<void> {
    const { cancelSubscription, log } = this.parts;
    try {
      const { left } = await cancelSubscription.all(user);
      if (left > 0) log.error('the provider refuses to end the subscription of a blocked person', { user });
    } catch (error) {
      log.error('nobody knows whether the subscription of a blocked person was ended', { user, error });
    }
  }
}
