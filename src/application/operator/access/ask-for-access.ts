import { asksAgainAfter } from '../../../domain/operator/admission.js';
import { secondsAfter } from '../../../domain/time.js';
import { mayEnter } from '../../account/access.js';
import type { Policy } from '../../policy/policy.js';
import type { Needs } from '../../ports/needs.js';
import type { Applicant } from '../../ports/stores/operator/admission-store.js';

/** `asked`: operators are to be told now. `waits`: they were. `in`: nobody needs to be asked. */
export type Asked = 'asked' | 'waits' | 'turned-away' | 'in';

type Parts = Needs<'admissions', 'clock'> & { readonly policy: Policy };

/** Takes down that somebody wants to come in: once, however often they ask. */
export class AskForAccess {
  constructor(private readonly parts: Parts) {}

  async execute(who: Applicant): Promise<Asked> {
    const { database, clock } = this.parts;
    if (await mayEnter(this.parts, who.user)) return 'in';
    const { admissions } = database.stores;
    const now = clock.now();
    if (await admissions.ask(who, now, secondsAfter(now, -asksAgainAfter))) return 'asked';
    const { admission } = await admissions.of(who.user);
    return admission?.state === 'asked' ? 'waits' : 'turned-away';
  }
}
