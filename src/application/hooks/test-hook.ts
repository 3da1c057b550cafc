import { DomainError } from '../../domain/errors.js';
import { hookTest } from '../../domain/hooks/event-hook.js';
import { checkedInput, type Sent } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import { HookNamed } from './remove-hook.js';
import type { SendEvents } from './send-events.js';

type Parts = Needs<'eventHooks', 'clock' | 'ids'> & { readonly sending: Pick<SendEvents, 'nudge'> };

/** Sends an event that means nothing, for whoever wants to see it arrive. */
export class TestHook {
  constructor(private readonly parts: Parts) {}

  /** Returns the `webhook-id` it will have. @throws DomainError `not_found`, also for somebody else's; `webhook_off` */
  async execute(named: Sent<HookNamed>, { owner }: Asker): Promise<string> {
    const { database, clock, ids, sending } = this.parts;
    const { hook } = checkedInput(HookNamed, named);
    const id = `evt_${ids.uuid()}`;
    const message = { id, type: hookTest, at: clock.now(), data: { id: hook } };
    const { eventHooks } = database.stores;
    if (!(await eventHooks.noteTest(owner, hook, message))) {
      const isTheirs = (await eventHooks.list(owner)).some((each) => each.id === hook);
      throw new DomainError(isTheirs ? { code: 'webhook_off' } : { code: 'not_found', what: 'webhook' });
    }
    sending.nudge();
    return id;
  }
}
