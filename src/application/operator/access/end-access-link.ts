import { IsString } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import { codeOf } from '../../../domain/payments/promo.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';

export class AccessLinkNamed {
  @IsString() code!: string;
}

/** From now on a link lets nobody in; whoever came by it stays. */
export class EndAccessLink {
  constructor(private readonly parts: Needs<'accessLinks' | 'operatorActs', 'clock'>) {}

  /** @throws DomainError `not_found`: there is none that lets people in */
  execute(given: Sent<AccessLinkNamed>, by: { readonly admin: Operator }): Promise<void> {
    return this.parts.database.transaction((stores) => this.within(stores, given, by));
  }

  /** The same in somebody's transaction. */
  async within(
    { accessLinks, operatorActs }: Pick<Stores, 'accessLinks' | 'operatorActs'>,
    given: Sent<AccessLinkNamed>,
    { admin }: { readonly admin: Operator },
  ): Promise<void> {
    const code = codeOf(checkedInput(AccessLinkNamed, given).code);
    const at = this.parts.clock.now();
    if (code === null || !(await accessLinks.end(code, at)))
      throw new DomainError({ code: 'not_found', what: 'access link' });
    const act = 'access-link-end';
    await operatorActs.write({ at, admin, act, subject: null, why: null, details: { code } });
  }
}
