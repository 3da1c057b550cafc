import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere, writeAtomically, writeOnce } from '../atomic-file.js';

/** The ED25519 key that signs webhooks, kept in the folder: all processes over it share the key. */
export class SigningKey {
  readonly #path: string;
  #text = '';
  #key: KeyObject | undefined;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = join(folder, 'signing-key.json');
    writeOnce(this.#path, newKey());
  }

  /** @returns the signature in hexadecimal digits */
  sign(message: string): string {
    return sign(null, Buffer.from(message), this.#current()).toString('hex');
  }

  /** The document at `/.well-known/jwks.json`. */
  jwks(): { keys: Record<string, unknown>[] } {
    return { keys: [{ ...createPublicKey(this.#current()).export({ format: 'jwk' }) }] };
  }

  /** From now on everything is signed with another key, and the JWKS shows only that. */
  rotate(): void {
    writeAtomically(this.#path, newKey());
  }

  #current(): KeyObject {
    // Read every time: another process may have rotated it.
    const text = readIfThere(this.#path) ?? '';
    if (this.#key === undefined || text !== this.#text) {
      this.#key = createPrivateKey({ key: JSON.parse(text), format: 'jwk' });
      this.#text = text;
    }
    return this.#key;
  }
}

function newKey(): string {
  return JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
}

/** A signature with a key that nobody knows. */
export function forgedSignature(message: string): string {
  return sign(null, Buffer.from(message), generateKeyPairSync('ed25519').privateKey).toString('hex');
}
