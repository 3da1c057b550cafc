import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { noPreferences, type Preferences } from '../ports/stores/preference-store.js';
import { mayEnter } from './access.js';
import { welcome } from './welcome.js';

export interface Visitor {
  readonly id: UserId;
  /** As the way in knows them now. */
  readonly displayName: string;
  /** IETF tag; theirs until they choose another. */
  readonly language: string | undefined;
}

type Parts = Needs<'ledger' | 'users', 'clock'> & { readonly policy: Policy };

/** Lets in who may come in, and makes a new person known. */
export class AdmitUser {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_allowed`; then nothing is kept of them. */
  async execute({ id, displayName, language }: Visitor): Promise<Preferences> {
    const { database, policy, clock } = this.parts;
    if (!mayEnter(policy, id)) throw new DomainError({ code: 'not_allowed' });
    const known = await database.stores.users.meet(id);
    if (known?.displayName !== displayName)
      await database.transaction((stores) =>
        welcome(stores, id, policy, clock.now(), { displayName, language }),
      );
    return known?.preferences ?? noPreferences;
  }
}
