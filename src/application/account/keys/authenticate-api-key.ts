import { type ApiKey, isLiveKey, readKey } from '../../../domain/api-key.js';
import type { Policy } from '../../policy/policy.js';
import type { SecretDigest } from '../../ports/api/secret-digest.js';
import type { Needs } from '../../ports/needs.js';
import { refuseStrangers } from '../access.js';

const noteSeconds = 60;

type Parts = Needs<'admissions' | 'apiKeys', 'clock' | 'log'> & {
  readonly policy: Pick<Policy, 'admins' | 'allowedUsers'>;
  readonly secretDigest: SecretDigest;
};

/** Finds out whose key this is, and whether they may come in. */
export class AuthenticateApiKey {
  constructor(private readonly parts: Parts) {}

  /**
   * @returns `null` for what is no key, or one that is wrong, revoked or over: nobody learns which
   * @throws DomainError `not_allowed`, `person_blocked`: its owner is turned away, as in the chat
   */
  async execute(text: string): Promise<ApiKey | null> {
    const { database, clock, secretDigest } = this.parts;
    const named = readKey(text);
    if (named === null) return null;
    const key = await database.stores.apiKeys.find(named.shown);
    const isRight = key !== null && secretDigest.equal(secretDigest.of(named.secret), key.digest);
    if (!isRight || !isLiveKey(key, clock.now())) return null;
    await refuseStrangers(this.parts, key.owner);
    await this.noteUse(key);
    return key;
  }

  private async noteUse({ id, lastUsedAt }: ApiKey): Promise<void> {
    const { database, clock, log } = this.parts;
    const now = clock.now();
    if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < noteSeconds * 1000) return;
    // For its owner to read; no reason to turn them away.
    await database.stores.apiKeys
      .noteUse(id, now)
      .catch((error: unknown) => log.warn('the use of a key was not noted', { error }));
  }
}
