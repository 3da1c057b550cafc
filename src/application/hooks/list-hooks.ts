import type { EventHook } from '../../domain/hooks/event-hook.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';

/** A person's event hooks, oldest first, without their secrets. */
export class ListHooks {
  constructor(private readonly parts: Needs<'eventHooks'>) {}

  execute({ owner }: Asker): Promise<EventHook[]> {
    return this.parts.database.stores.eventHooks.list(owner);
  }
}
