import { IsInt, IsISO8601, Matches, Max, Min } from 'class-validator';
import { invalidInput, type Problem } from '../../domain/errors.js';
import type { Operator } from '../../domain/operator/act.js';
import { codeOf, drawnCode, drawnSigns, type Promo, type PromoGift } from '../../domain/payments/promo.js';
import { checkedInput, MayBeAbsent, type Sent } from '../input/input-validation.js';
import type { SecureBytes } from '../ports/ids.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';

const number = { context: { allowed: 'a whole number 1-1000000' } };
const percents = { context: { allowed: 'a whole number 1-100' } };
const day = { context: { allowed: 'a day like 2027-01-31, its last one (UTC)' } };
const code = { context: { allowed: '4-32 letters a-z and digits' } };

export class PromoTerms {
  @MayBeAbsent() @IsInt(number) @Min(1, number) @Max(1_000_000, number) credits?: number;
  /** Instead of credits. */
  @MayBeAbsent() @IsInt(percents) @Min(1, percents) @Max(100, percents) percent?: number;
  @MayBeAbsent() @IsInt(number) @Min(1, number) @Max(1_000_000, number) uses?: number;
  @MayBeAbsent() @Matches(/^\d{4}-\d\d-\d\d$/, day) @IsISO8601({ strict: true }, day) until?: string;
  @MayBeAbsent() @Matches(/^[a-z\d-]{4,32}$/i, code) code?: string;
}

type Parts = Needs<'promos' | 'operatorActs', 'clock'> & { readonly secureBytes: SecureBytes };

/** Makes a promo code: drawn, unless the operator has chosen one. */
export class CreatePromo {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `invalid_input`, also for a code that there was before */
  execute(given: Sent<PromoTerms>, by: { readonly admin: Operator }): Promise<Promo> {
    return this.parts.database.transaction((stores) => this.within(stores, given, by));
  }

  /** The same in somebody's transaction. */
  async within(
    { promos, operatorActs }: Pick<Stores, 'promos' | 'operatorActs'>,
    given: Sent<PromoTerms>,
    { admin }: { readonly admin: Operator },
  ): Promise<Promo> {
    const { clock, secureBytes } = this.parts;
    const { uses = null, ...asked } = checkedInput(PromoTerms, given);
    const gift = giftOf(asked);
    const createdAt = clock.now();
    const until = asked.until === undefined ? null : new Date(`${asked.until}T23:59:59.999Z`);
    if (until !== null && until < createdAt)
      throw refused({ field: 'until', code: 'out_of_range', allowed: 'today or later' }, asked.until);
    const shown = asked.code?.toUpperCase() ?? drawnCode(secureBytes(drawnSigns));
    const kept = codeOf(shown);
    if (kept === null) throw refused({ field: 'code', code: 'malformed', ...code.context }, shown);
    const promo: Promo = { ...gift, code: kept, shown, uses, used: 0, until, endedAt: null, createdAt };
    if (!(await promos.add(promo)))
      throw refused({ field: 'code', code: 'unknown_value', allowed: 'one that never was a code' }, shown);
    const details = { code: shown, ...gift };
    await operatorActs.write({
      ...{ at: createdAt, admin, act: 'promo-create', subject: null, why: null, details },
    });
    return promo;
  }
}

/** @throws DomainError `invalid_input` unless it gives one thing */
function giftOf({ credits, percent }: PromoTerms): PromoGift {
  if (credits !== undefined && percent === undefined) return { credits, percent: null };
  if (credits === undefined && percent !== undefined) return { credits: null, percent };
  const allowed = 'credits or percent, one of them';
  throw refused({ field: 'credits', code: percent === undefined ? 'required' : 'not_supported', allowed });
}

const refused = (problem: Problem, received = '') => invalidInput([{ ...problem, received }]);
