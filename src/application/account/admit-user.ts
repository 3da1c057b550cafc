import { DomainError } from '../../domain/errors.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { noPreferences, type Preferences } from '../ports/stores/preference-store.js';
import type { Visitor } from '../ports/stores/user-store.js';
import { mayEnter } from './access.js';
import { welcome } from './welcome.js';

type Parts = Needs<'ledger' | 'users' | 'referrals', 'clock'> & { readonly policy: Policy };

/** Lets in who may come in, and makes a new person known. */
export class AdmitUser {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_allowed`; then nothing is kept of them. */
  async execute(visitor: Visitor): Promise<Preferences> {
    const { id, displayName, language, invitedBy } = visitor;
    const { database, policy, clock } = this.parts;
    if (!mayEnter(policy, id)) throw new DomainError({ code: 'not_allowed' });
    const preferences = await database.stores.users.meet(visitor);
    if (preferences !== null) return preferences;
    await database.transaction(async (stores) => {
      const now = clock.now();
      const isNew = await welcome(stores, id, policy, now, { displayName, language });
      // Only the very first start counts, and nobody brings themselves.
      if (!isNew || invitedBy === undefined || invitedBy === id) return;
      if ((await stores.users.find(invitedBy)) !== null)
        await stores.referrals.add({ friend: id, by: invitedBy, at: now });
    });
    return noPreferences;
  }
}
