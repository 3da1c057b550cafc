import { IsUUID } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';

export class ApiKeyNamed {
  @IsUUID() id!: string;
}

/** Lets nobody in by a key any more. */
export class RevokeApiKey {
  constructor(private readonly parts: Needs<'apiKeys', 'clock'>) {}

  /**
   * @param by its owner; or the operator, who may revoke everybody's
   * @throws DomainError `not_found`, also for somebody else's and for one that is revoked
   */
  async execute(which: Sent<ApiKeyNamed>, by: { readonly owner: UserId } | 'operator'): Promise<void> {
    const { id } = checkedInput(ApiKeyNamed, which);
    const { database, clock } = this.parts;
    const owner = by === 'operator' ? undefined : by.owner;
    if (!(await database.stores.apiKeys.revoke(id, clock.now(), owner)))
      throw new DomainError({ code: 'not_found', what: 'key' });
  }
}
