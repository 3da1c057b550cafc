import { DomainError } from '../../domain/errors.js';
import type { Operator } from '../../domain/operator/act.js';
import { codeOf } from '../../domain/payments/promo.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';

/** The operator ends a promo code: what people have of it is theirs, and nobody else gets it. */
export class EndPromo {
  constructor(private readonly parts: Needs<'promos' | 'operatorActs', 'clock'>) {}

  /** @throws DomainError `not_found` */
  execute(typed: string, by: { readonly admin: Operator }): Promise<void> {
    return this.parts.database.transaction((stores) => this.within(stores, typed, by));
  }

  /** The same in somebody's transaction. */
  async within(
    { promos, operatorActs }: Pick<Stores, 'promos' | 'operatorActs'>,
    typed: string,
    { admin }: { readonly admin: Operator },
  ): Promise<void> {
    const code = codeOf(typed);
    const at = this.parts.clock.now();
    const promo = code === null ? null : await promos.find(code);
    if (promo === null) throw new DomainError({ code: 'not_found', what: `code in "promo list": ${typed}` });
    await promos.end(promo.code, at);
    const details = { code: promo.shown };
    await operatorActs.write({ at, admin, act: 'promo-end', subject: null, why: null, details });
  }
}
