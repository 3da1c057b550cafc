import { DomainError } from '../../domain/errors.js';
import { codeOf } from '../../domain/payments/promo.js';
import type { Needs } from '../ports/needs.js';

/** The operator ends a promo code: what people have of it is theirs, and nobody else gets it. */
export class EndPromo {
  constructor(private readonly parts: Needs<'promos', 'clock'>) {}

  /** @throws DomainError `not_found` */
  async execute(typed: string): Promise<void> {
    const { database, clock } = this.parts;
    const code = codeOf(typed);
    if (code === null || !(await database.stores.promos.end(code, clock.now())))
      throw new DomainError({ code: 'not_found', what: `code in "promo list": ${typed}` });
  }
}
