import type { UserId } from '../ids.js';
import type { LedgerEntry } from '../ledger.js';

/** Either credits at once, or so many percent more of them with the next pack that is bought. */
export type PromoGift =
  | { readonly credits: number; readonly percent: null }
  | { readonly credits: null; readonly percent: number };

/** A code that gives something to whoever sends it in, once a person. */
export type Promo = PromoGift & {
  /** What it is compared by, see `codeOf`. */
  readonly code: string;
  /** As it is handed out. */
  readonly shown: string;
  /** How many people may have it; `null`: any number. */
  readonly uses: number | null;
  /** How many have it. */
  readonly used: number;
  /** Its last moment; `null`: until it is ended. */
  readonly until: Date | null;
  /** When the operator ended it. */
  readonly endedAt: Date | null;
  readonly createdAt: Date;
};

/** What somebody has of a code while it waits for the next pack they buy. */
export interface WaitingBonus {
  readonly code: string;
  readonly percent: number;
}

/** Crockford's base 32, which has no I, L, O and U: people take them for something else. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: nobody finds one with a few tries an hour. */
export const drawnSigns = 10;

/** @param random from a secure source, a byte for each of `drawnSigns` */
export const drawnCode = (random: Uint8Array): string =>
  [...random.subarray(0, drawnSigns)].map((byte) => signs[byte % signs.length]).join('');

/**
 * What was typed, as codes are compared: without case, spaces and dashes, and with one sign for those that look alike.
 * `null`: no code can be meant.
 */
export function codeOf(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/[IL]/g, '1')
    .replaceAll('O', '0');
  return /^[\dA-Z]{4,32}$/.test(code) ? code : null;
}

/** The credits that somebody gets for it at once; the reason makes it once a person, whatever else fails. */
export const promoGift = ({ code, credits }: Promo, user: UserId): LedgerEntry[] =>
  credits === null ? [] : [{ user, kind: 'grant', amount: credits, reason: `grant:promo:${code}:${user}` }];

/** What a pack brings more; part of a credit is none. */
export const extraCredits = (credits: number, percent: number): number =>
  Math.floor((credits * percent) / 100);
