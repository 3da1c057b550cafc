import { type HookState, stateOfHook } from '../../domain/hooks/event-hook.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { ListedHook } from '../ports/stores/event-hook-store.js';

export interface HookInState extends ListedHook {
  readonly state: HookState;
}

/** A person's event hooks and how each fares, oldest first, without their secrets. */
export class ListHooks {
  constructor(private readonly parts: Needs<'eventHooks', 'clock'>) {}

  async execute({ owner }: Asker): Promise<HookInState[]> {
    const { database, clock } = this.parts;
    const now = clock.now();
    const hooks = await database.stores.eventHooks.list(owner);
    return hooks.map((hook) => ({ ...hook, state: stateOfHook(hook, now) }));
  }
}
