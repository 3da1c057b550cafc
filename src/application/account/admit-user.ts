import { DomainError } from '../../domain/errors.js';
import { codeOf } from '../../domain/payments/promo.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { noPreferences, type Preferences } from '../ports/stores/preference-store.js';
import type { Visitor } from '../ports/stores/user-store.js';
import { mayEnter } from './access.js';
import { welcome } from './welcome.js';

type Touched = 'accessLinks' | 'admissions' | 'allowances' | 'ledger' | 'users' | 'referrals';

type Parts = Needs<Touched, 'clock'> & { readonly policy: Policy };

/** Lets in who may come in, and makes a new person known. */
export class AdmitUser {
  constructor(private readonly parts: Parts) {}

  /**
   * @throws DomainError `not_allowed`; then nothing is kept of them. With the code of an access link also
   *   `link_refused`, the same for every code that lets nobody in, and `allowance_spent`
   */
  async execute(visitor: Visitor): Promise<Preferences> {
    const { id, displayName, language, invitedBy } = visitor;
    const { database, policy, clock } = this.parts;
    if (!(await mayEnter(this.parts, id))) await this.openLink(visitor);
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

  /** Lets them in by the link they come by, unless an operator has turned them away. */
  private async openLink({ id, displayName, language, link }: Visitor): Promise<void> {
    const { database, policy, clock } = this.parts;
    if (link === undefined) throw new DomainError({ code: 'not_allowed' });
    const now = clock.now();
    // Not in the transaction below: what a refusal undoes would not be counted, and codes could be guessed.
    await useAllowance(database.stores, policy, { owner: id, kind: 'promo_codes' }, now);
    const code = codeOf(link);
    const who = { user: id, name: displayName, language: language ?? null };
    await database.transaction(async ({ admissions, accessLinks }) => {
      const isIn = await admissions.join(who, code ?? '', now);
      // Undoes what was just written.
      if (!isIn || code === null || !(await accessLinks.use(code, now)))
        throw new DomainError({ code: 'link_refused' });
    });
  }
}
