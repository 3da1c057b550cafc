import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../application/ports/clock.js';
import { boundedText } from '../bounded-body.js';
import { withoutSlash } from '../fal-client.js';
import { isRecord } from '../json.js';

interface Settings {
  readonly restUrl: string;
  readonly clock: Clock;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** fal says: at most 24 h. */
const keptMilliseconds = 24 * 3_600_000;

/** Whoever sends forged signatures must not make us ask fal each time. */
const pauseMilliseconds = 60_000;

const timeoutMilliseconds = 10_000;

/** The public keys with which fal signs webhooks, from its JWKS. */
export class FalSigningKeys {
  #keys: readonly KeyObject[] = [];
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | null = null;

  constructor(private readonly settings: Settings) {}

  /**
   * Whether `fits` holds for one of the keys. When it holds for none they are fetched anew, but at most once a
   * minute.
   *
   * @throws Error when there are no keys that are young enough, and none to be had
   */
  async some(fits: (key: KeyObject) => boolean): Promise<boolean> {
    if (this.#since(this.#fetchedAt) > keptMilliseconds) await this.#fetchOnce();
    if (this.#keys.some(fits)) return true;
    if (this.#since(this.#askedAt) < pauseMilliseconds) return false;
    await this.#fetchOnce();
    return this.#keys.some(fits);
  }

  #since(instant: number): number {
    return this.settings.clock.now().getTime() - instant;
  }

  /** One request for all who wait. */
  async #fetchOnce(): Promise<void> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    await this.#fetching;
  }

  async #fetch(): Promise<void> {
    const { restUrl, fetch = globalThis.fetch, clock } = this.settings;
    this.#askedAt = clock.now().getTime();
    const response = await fetch(`${withoutSlash(restUrl)}/.well-known/jwks.json`, {
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (!response.ok) throw new Error(`fal's signing keys: fal answered ${response.status}`);
    const keys = readKeys(JSON.parse(await boundedText(response)));
    if (keys.length === 0) throw new Error("fal's signing keys: none of them is an Ed25519 key");
    this.#keys = keys;
    this.#fetchedAt = this.#askedAt;
  }
}

function readKeys(jwks: unknown): KeyObject[] {
  const entries = isRecord(jwks) && Array.isArray(jwks.keys) ? jwks.keys.filter(isRecord) : [];
  return entries.flatMap(({ kty, crv, x }) =>
    // 32 bytes; a damaged one beside them must not take the others with it.
    kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' && /^[\w-]{43}$/.test(x)
      ? [createPublicKey({ key: { kty, crv, x }, format: 'jwk' })]
      : [],
  );
}
