import type { UserId } from '../../../../domain/ids.js';
import type { Admission, AdmissionState } from '../../../../domain/operator/admission.js';

/** Who wants to come in: as they call themselves now. */
export type Applicant = Pick<Admission, 'user' | 'name' | 'language'>;

export interface AccessOf {
  /**
   * Operators have let somebody in, by name or with a link: nobody else may come in. It stays so when that person is
   * sent away, or taking the last one off would let in everybody.
   */
  readonly isClosed: boolean;
  readonly admission: Admission | null;
  /** Operators have closed the bot for this person. */
  readonly isBlocked: boolean;
}

/** Whom the operators let in. */
export interface AdmissionStore {
  of(user: UserId): Promise<AccessOf>;
  /** Latest first. */
  list(page: { state: AdmissionState; limit: number; offset?: number }): Promise<Admission[]>;
  count(): Promise<Readonly<Record<AdmissionState, number>>>;
  /**
   * Writes down that somebody wants to come in. `false`: they have asked, or are in, or were turned away after
   * `turnedAwayBefore`; nothing was written.
   */
  ask(who: Applicant, now: Date, turnedAwayBefore: Date): Promise<boolean>;
  /** Lets somebody in who came by a link, unless an operator has turned them away. `false`: nothing was written. */
  join(who: Applicant, link: string, now: Date): Promise<boolean>;
  /**
   * What an operator decides. `false`: it was so before, or nobody is on the list as `shown`, and nothing was written.
   * @param shown what the operator saw; without it whatever it is
   */
  decide(
    user: UserId,
    state: Exclude<AdmissionState, 'asked'>,
    now: Date,
    shown?: AdmissionState,
  ): Promise<boolean>;
  /** From now on everybody may come in. */
  clear(): Promise<void>;
}
