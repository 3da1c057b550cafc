import type { UserId } from '../../domain/ids.js';
import type { Policy } from '../policy/policy.js';
import type { Stores } from '../ports/stores/stores.js';

/** Makes sure the user is known; a new one gets the welcome grant, once. Returns whether they are new. */
export async function welcome(
  stores: Pick<Stores, 'ledger' | 'users'>,
  id: UserId,
  { welcomeCredits }: Pick<Policy, 'welcomeCredits'>,
  now: Date,
  person: { displayName?: string | undefined; language?: string | undefined } = {},
): Promise<boolean> {
  const { created } = await stores.users.ensure({ id, ...person, now });
  if (created && welcomeCredits > 0)
    await stores.ledger.write(
      [{ user: id, kind: 'grant', amount: welcomeCredits, reason: `grant:welcome:${id}` }],
      now,
    );
  return created;
}
