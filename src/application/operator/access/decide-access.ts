import { DomainError, invalidInput } from '../../../domain/errors.js';
import { userId } from '../../../domain/ids.js';
import type { Operator } from '../../../domain/operator/act.js';
import { type Admission, type AdmissionState, admissionStates } from '../../../domain/operator/admission.js';
import { checkedInput, IsOneOf, MayBeAbsent, type Sent } from '../../input/input-validation.js';
import { IsUserId } from '../../input/user-id.js';
import type { Policy } from '../../policy/policy.js';
import type { Needs } from '../../ports/needs.js';
import { decidedBefore } from '../decided-before.js';

export const decisions = ['allowed', 'refused', 'removed'] as const;
export type Decision = (typeof decisions)[number];

export class AccessDecision {
  @IsUserId() user!: string;
  @IsOneOf(decisions) decision!: Decision;
  /** What the operator was shown: decided only while it is so. */
  @MayBeAbsent() @IsOneOf(admissionStates) shown?: AdmissionState;
}

export interface Decided {
  readonly admission: Admission;
  /** What it was before; `null`: nothing was known of them. The same as now: nothing was changed. */
  readonly before: Admission['state'] | null;
}

type Parts = Needs<'admissions' | 'operatorActs', 'clock'> & { readonly policy: Policy };

/** Lets somebody in, says no to them, or sends them away. */
export class DecideAccess {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `invalid_input`, also for turning away whom the settings let in; `decided_before` */
  async execute(given: Sent<AccessDecision>, { admin }: { readonly admin: Operator }): Promise<Decided> {
    const { decision, shown, ...input } = checkedInput(AccessDecision, given);
    const { database, policy, clock } = this.parts;
    const user = userId(input.user);
    if (decision !== 'allowed' && (policy.admins.has(user) || policy.allowedUsers.has(user)))
      throw invalidInput([
        {
          field: 'user',
          code: 'not_supported',
          received: user,
          allowed: 'somebody who is not in ALLOWED_USER_IDS or ADMIN_USER_IDS: take them out there',
        },
      ]);
    const at = clock.now();
    return database.transaction(async ({ admissions, operatorActs }) => {
      const before = (await admissions.of(user)).admission?.state ?? null;
      const isDecided = await admissions.decide(user, decision, at, shown);
      if (isDecided)
        await operatorActs.write({
          ...{ at, admin, act: 'access', subject: user, why: null, details: { decision } },
        });
      const { admission } = await admissions.of(user);
      if (admission === null) throw new DomainError({ code: 'not_found', what: 'person on the list' });
      if (!isDecided && shown !== undefined)
        throw decidedBefore(
          await operatorActs.about(user),
          (done) => done.act === 'access',
          new DomainError({ code: 'decided_before', by: null, at: admission.at }),
        );
      return { admission, before };
    });
  }
}
