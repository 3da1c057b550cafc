import type { UserId } from './ids.js';

/** `generate`: order and call off. `read`: see what is there. `avatars`: make and change them. `admin`: what operators see. */
export const keyScopes = ['generate', 'read', 'avatars', 'admin'] as const;
export type KeyScope = (typeof keyScopes)[number];
/** What a key may do unless told otherwise: all that its owner can do in the chat. */
export const usualScopes = ['generate', 'read', 'avatars'] as const satisfies readonly KeyScope[];

/** Lets programs of its owner in. Whoever has it is its owner: the same account, quotas and refusals. */
export interface ApiKey {
  /** A UUID. */
  readonly id: string;
  readonly owner: UserId;
  /** For its owner to tell it from their others. */
  readonly name: string;
  /** The part by which it is found; may be shown. */
  readonly shown: string;
  /** Of the secret part, which is kept nowhere. */
  readonly digest: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: Date;
  /** Its last moment; `null`: until it is revoked. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

/** What a key is made of. The form lets scanners find those that leaked. */
export interface KeyParts {
  readonly shown: string;
  readonly secret: string;
}

const form = /^aisha_([\dA-Za-z]{8})_([\dA-Za-z]{32})$/;
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const drawnSigns = 40;

export const keyText = ({ shown, secret }: KeyParts): string => `aisha_${shown}_${secret}`;

/** `null`: it cannot be one. */
export function readKey(text: string): KeyParts | null {
  const [, shown, secret] = text.match(form) ?? [];
  return shown === undefined || secret === undefined ? null : { shown, secret };
}

/** 190 bits of secret. @param random so many bytes that nobody can guess */
export function drawnKey(random: (count: number) => Uint8Array): KeyParts {
  let drawn = '';
  while (drawn.length < drawnSigns)
    // The largest multiple of 62 in a byte: with the rest some signs would come more often.
    for (const byte of random(2 * drawnSigns)) if (byte < 248) drawn += signs[byte % signs.length];
  return { shown: drawn.slice(0, 8), secret: drawn.slice(8, drawnSigns) };
}

export const isLiveKey = ({ expiresAt, revokedAt }: ApiKey, now: Date): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt >= now);
