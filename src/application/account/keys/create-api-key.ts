import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import {
  type ApiKey,
  drawnKey,
  type KeyScope,
  keyScopes,
  keyText,
  usualScopes,
} from '../../../domain/api-key.js';
import { DomainError, invalidInput } from '../../../domain/errors.js';
import { checkedInput, MayBeAbsent, type Sent } from '../../input/input-validation.js';
import type { Asker } from '../../input/request-context.js';
import type { Policy } from '../../policy/policy.js';
import type { SecretDigest } from '../../ports/api/secret-digest.js';
import type { SecureBytes } from '../../ports/ids.js';
import type { Needs } from '../../ports/needs.js';
import { refuseStrangers } from '../access.js';

const name = { context: { allowed: '1-64 characters, one of them no space' } };
const scopes = { context: { allowed: keyScopes.join(', ') } };
const day = { context: { allowed: 'a day like 2027-01-31, its last one (UTC)' } };

/** Who needs more can revoke those that nobody uses. */
const keysAtOnce = 20;

export class ApiKeyTerms {
  @IsString(name) @Matches(/\S/, name) @MaxLength(64, name) name!: string;
  @MayBeAbsent()
  @IsArray(scopes)
  @ArrayNotEmpty(scopes)
  @ArrayUnique(scopes)
  @IsIn(keyScopes, { ...scopes, each: true })
  scopes?: KeyScope[];
  @MayBeAbsent() @Matches(/^\d{4}-\d\d-\d\d$/, day) @IsISO8601({ strict: true }, day) expires?: string;
}

type Parts = Needs<'admissions' | 'apiKeys' | 'users', 'clock' | 'ids'> & {
  readonly policy: Pick<Policy, 'admins' | 'allowedUsers'>;
  readonly secureBytes: SecureBytes;
  readonly secretDigest: SecretDigest;
};

/** Makes a key of somebody's for the HTTP API. Its text is told once and kept nowhere. */
export class CreateApiKey {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `invalid_input`, `not_found` for nobody we know, `not_allowed`, `person_blocked`, `too_many_keys` */
  async execute(given: Sent<ApiKeyTerms>, { owner }: Asker): Promise<{ key: ApiKey; text: string }> {
    const { database, clock, ids, policy, secureBytes, secretDigest } = this.parts;
    const terms = checkedInput(ApiKeyTerms, given);
    const createdAt = clock.now();
    const expiresAt = terms.expires === undefined ? null : new Date(`${terms.expires}T23:59:59.999Z`);
    if (expiresAt !== null && expiresAt < createdAt)
      throw invalidInput([
        {
          field: 'expires',
          code: 'out_of_range',
          received: String(terms.expires),
          allowed: 'today or later',
        },
      ]);
    await refuseStrangers(this.parts, owner);
    const wanted: readonly KeyScope[] = terms.scopes ?? usualScopes;
    if (wanted.includes('admin') && !policy.admins.has(owner)) throw new DomainError({ code: 'not_allowed' });
    const { users, apiKeys } = database.stores;
    if ((await users.find(owner)) === null) throw new DomainError({ code: 'not_found', what: 'user' });
    const live = (await apiKeys.list(owner)).filter(({ revokedAt }) => revokedAt === null);
    if (live.length >= keysAtOnce) throw new DomainError({ code: 'too_many_keys', limit: keysAtOnce });
    const drawn = drawnKey(secureBytes);
    const key: ApiKey = {
      ...{
        id: ids.uuid(),
        owner,
        name: terms.name.trim(),
        shown: drawn.shown,
        digest: secretDigest.of(drawn.secret),
      },
      ...{ scopes: wanted, createdAt, expiresAt, revokedAt: null, lastUsedAt: null },
    };
    await apiKeys.add(key);
    return { key, text: keyText(drawn) };
  }
}
