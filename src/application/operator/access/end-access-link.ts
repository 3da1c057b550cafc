import { IsString } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import { codeOf } from '../../../domain/payments/promo.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';

export class AccessLinkNamed {
  @IsString() code!: string;
}

/** From now on a link lets nobody in; whoever came by it stays. */
export class EndAccessLink {
  constructor(private readonly parts: Needs<'accessLinks' | 'operatorActs', 'clock'>) {}

  /** @throws DomainError `not_found`: there is none that lets people in */
  async execute(given: Sent<AccessLinkNamed>, { admin }: { readonly admin: Operator }): Promise<void> {
    const code = codeOf(checkedInput(AccessLinkNamed, given).code);
    const { database, clock } = this.parts;
    const at = clock.now();
    await database.transaction(async ({ accessLinks, operatorActs }) => {
      if (code === null || !(await accessLinks.end(code, at)))
        throw new DomainError({ code: 'not_found', what: 'access link' });
      const act = 'access-link-end';
      await operatorActs.write({ at, admin, act, subject: null, why: null, details: { code } });
    });
  }
}
