import { DomainError } from '../../domain/errors.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { noPreferences, type Preferences } from '../ports/stores/preference-store.js';
import type { Visitor } from '../ports/stores/user-store.js';
import { mayEnter } from './access.js';
import { welcome } from './welcome.js';

type Parts = Needs<'ledger' | 'users', 'clock'> & { readonly policy: Policy };

/** Lets in who may come in, and makes a new person known. */
export class AdmitUser {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_allowed`; then nothing is kept of them. */
  async execute(visitor: Visitor): Promise<Preferences> {
    const { id, displayName, language } = visitor;
    const { database, policy, clock } = this.parts;
    if (!mayEnter(policy, id)) throw new DomainError({ code: 'not_allowed' });
    const preferences = await database.stores.users.meet(visitor);
    if (preferences !== null) return preferences;
    await database.transaction((stores) =>
      welcome(stores, id, policy, clock.now(), { displayName, language }),
    );
    return noPreferences;
  }
}
