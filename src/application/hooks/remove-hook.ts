import { IsString } from 'class-validator';
import { DomainError } from '../../domain/errors.js';
import { checkedInput, type Sent } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';

export class HookNamed {
  @IsString() hook!: string;
}

/** Forgets an event hook, with what waits for it. */
export class RemoveHook {
  constructor(private readonly parts: Needs<'eventHooks'>) {}

  /** @throws DomainError `not_found`, also for somebody else's */
  async execute(named: Sent<HookNamed>, { owner }: Asker): Promise<void> {
    const { hook } = checkedInput(HookNamed, named);
    if (!(await this.parts.database.stores.eventHooks.remove(owner, hook)))
      throw new DomainError({ code: 'not_found', what: 'webhook' });
  }
}
