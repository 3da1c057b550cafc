import type { Problem } from '../errors.js';

/** What is sold. Another price or another number of credits is another version: old invoices keep their terms. */
export interface Offer {
  /** Lower-case letters, digits and `-`, at most 32. */
  readonly id: string;
  /** From 1. */
  readonly version: number;
  /** `month`: a subscription, whose credits come with each payment. */
  readonly kind: 'pack' | 'month';
  readonly credits: number;
  /** Telegram Stars, whole. */
  readonly stars: number;
  readonly name: { readonly en: string; readonly ru: string };
  /** Of a subscription: what is left of a month's credits goes with the month. Said before anybody pays. */
  readonly expires: boolean;
}

export type OfferRef = Pick<Offer, 'id' | 'version'>;

/** Telegram takes 32 characters as a title of an invoice. */
const longestName = 32;
/** Telegram's own limits of an invoice, and of a subscription. */
const mostStars = { pack: 100_000, month: 10_000 } as const;
const mostCreditsSold = 1_000_000;

/** At most 128 bytes, which is what an invoice can carry. */
export const payloadOf = ({ id, version }: OfferRef): string => `offer:${id}:${version}`;

/** `null`: not an invoice of ours. */
export function readPayload(payload: string): OfferRef | null {
  const [, id, version] = /^offer:([a-z\d-]{1,32}):([1-9]\d{0,5})$/.exec(payload) ?? [];
  return id === undefined ? null : { id, version: Number(version) };
}

export const sameTerms = (one: Offer, other: Offer): boolean =>
  one.kind === other.kind &&
  one.credits === other.credits &&
  one.stars === other.stars &&
  one.expires === other.expires;

/** Everything that is wrong with a list of offers, as data: fields are named `offers[0].stars`. */
export function offerProblems(offers: readonly Offer[]): Problem[] {
  const ids = offers.map(({ id }) => id);
  return offers.flatMap((offer, index) => {
    const problems: Problem[] = [];
    const check = (isRight: boolean, field: string, received: unknown, allowed: string) => {
      if (!isRight)
        problems.push({
          field: `offers[${index}].${field}`,
          code: 'out_of_range',
          received: String(received),
          allowed,
        });
    };
    const { id, version, kind, credits, stars, name, expires } = offer;
    check(/^[a-z\d-]{1,32}$/.test(id), 'id', id, '1-32 of a-z, 0-9 and -');
    check(ids.indexOf(id) === index, 'id', id, 'each id once');
    check(isWhole(version, 999_999), 'version', version, '1-999999');
    check(isWhole(credits, mostCreditsSold), 'credits', credits, `1-${mostCreditsSold}`);
    check(isWhole(stars, mostStars[kind]), 'stars', stars, `1-${mostStars[kind]}`);
    for (const [language, words] of Object.entries(name))
      check(
        words.trim() !== '' && [...words].length <= longestName,
        `name.${language}`,
        words,
        `1-${longestName} characters`,
      );
    check(kind === 'month' || !expires, 'expires', expires, 'only with a kind of month');
    return problems;
  });
}

const isWhole = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= most;
