import type { AllowanceKind } from './allowance.js';
import type { BudgetPeriod } from './budget.js';
import type { UserId } from './ids.js';
import type { WordCategory } from './text/word-lists.js';

const complaints = {
  required: 'is missing',
  too_short: 'is too short',
  too_long: 'is too long',
  no_words: 'has no words in it',
  unknown_value: 'is unknown',
  ambiguous: 'fits several',
  out_of_range: 'is out of range',
  not_supported: 'cannot be set here',
  malformed: 'is not valid',
  not_there: 'is not there',
  not_https: 'is not an https address',
  private_address: 'points to a private address',
} as const;

/** One thing wrong with one field of an input. `allowed` is what would be accepted, for a person to read. */
export interface Problem {
  /** The field in our words, e.g. `steps`, `aspectRatio`, `prompt`. */
  readonly field: string;
  readonly code: keyof typeof complaints;
  /** What came, shortened for display. */
  readonly received?: string;
  /** What would be accepted: a list of names, or a range like `1-50`. */
  readonly allowed?: string;
}

/** What is wrong with a ZIP as a whole; of a good one each file is judged by itself. */
export type ArchiveRefusal = 'damaged' | 'encrypted' | 'unsafe_names' | 'too_many_files' | 'too_large';

/**
 * Every reason for which a request is refused, with its data. Refusing charges nothing and writes nothing.
 * Each way in translates these by `code`; the English sentence of `DomainError.message` is for logs and the CLI.
 */
export type Refusal =
  | { readonly code: 'invalid_input'; readonly problems: readonly Problem[] }
  | { readonly code: 'avatar_not_found'; readonly avatar: string }
  | { readonly code: 'avatar_ambiguous'; readonly avatar: string; readonly owners: readonly string[] }
  | {
      readonly code: 'avatar_not_ready';
      readonly avatar: string;
      readonly status: 'draft' | 'training' | 'failed';
    }
  | { readonly code: 'no_avatar' }
  | { readonly code: 'preset_not_available'; readonly preset: string; readonly available: readonly string[] }
  | { readonly code: 'insufficient_credits'; readonly needed: number; readonly balance: number }
  | { readonly code: 'too_many_credits'; readonly limit: number }
  /** The offer of an invoice is sold no more, or not on these terms. */
  | { readonly code: 'offer_gone' }
  /** Wrong, used up, over or ended: nobody learns which, or codes could be guessed. */
  | { readonly code: 'promo_refused' }
  /** Another code waits for their next pack already, and only one can. */
  | { readonly code: 'promo_waits' }
  /** This monthly offer is running already, and paid for `until` then. */
  | { readonly code: 'subscribed'; readonly until: Date }
  /** Its owner cannot give this payment back by themselves: some of it is spent, or it was long ago. */
  | { readonly code: 'not_refundable' }
  /** It costs so many `credits` by now, more than was said. */
  | { readonly code: 'price_changed'; readonly credits: number; readonly agreed: number }
  | { readonly code: 'too_many_waiting'; readonly limit: number }
  /** Of one owner, those that are switched off included. */
  | { readonly code: 'too_many_webhooks'; readonly limit: number }
  /** Nothing is sent to this webhook any more. */
  | { readonly code: 'webhook_off' }
  /** Of the HTTP API. */
  | { readonly code: 'too_many_keys'; readonly limit: number }
  /** `limit` a day or an hour; free again in so many `seconds`. */
  | {
      readonly code: 'allowance_spent';
      readonly kind: AllowanceKind;
      readonly limit: number;
      readonly seconds: number;
    }
  /** So many pictures a day, of which `left` can be had yet; anew in so many `seconds`. */
  | {
      readonly code: 'pictures_spent';
      readonly limit: number;
      readonly left: number;
      readonly seconds: number;
    }
  /** What the operator sets aside for a day or month is used up until `at`, in so many `seconds`. */
  | {
      readonly code: 'budget_spent';
      readonly period: BudgetPeriod;
      readonly at: Date;
      readonly seconds: number;
    }
  /** fal does not take this kind of work just now; nothing stands in for it. */
  | { readonly code: 'away_now'; readonly endpoint: string }
  | { readonly code: 'not_found'; readonly what: string }
  | { readonly code: 'not_allowed' }
  /** Operators have closed the bot for this person. */
  | { readonly code: 'person_blocked' }
  /** An operator confirms what was confirmed before, or was asked too long ago. */
  | { readonly code: 'intent_over' }
  /** Another operator was faster; `null`: it came so without one. */
  | { readonly code: 'decided_before'; readonly by: UserId | 'cli' | null; readonly at: Date }
  /** Lets nobody in, or not this person: nobody learns why. */
  | { readonly code: 'link_refused' }
  | { readonly code: 'consent_required' }
  /** Somebody in them looks like a child: an operator looks first. */
  | { readonly code: 'photos_wait' }
  /** An operator has looked, and they are not trained on. */
  | { readonly code: 'photos_refused' }
  | { readonly code: 'not_enough_photos'; readonly kept: number; readonly needed: number }
  | { readonly code: 'too_many_photos'; readonly limit: number }
  /** Of a photo that is chosen from or cut; it is still on the list. */
  | { readonly code: 'photo_gone' }
  | { readonly code: 'archive_refused'; readonly reason: ArchiveRefusal }
  | { readonly code: 'weights_refused'; readonly reason: string }
  /** LoRA weights of another model than FLUX.1, called `family`. */
  | { readonly code: 'weights_foreign'; readonly family: string }
  /** An operator has taken it away from those who have its link. */
  | { readonly code: 'recipe_hidden' }
  /** Its words may be about this: whoever is sure of them says so. */
  | { readonly code: 'words_doubted'; readonly category: WordCategory }
  /** The same, and the operator wants none of it. */
  | { readonly code: 'words_refused'; readonly category: WordCategory }
  | { readonly code: 'wrong_state'; readonly what: string; readonly status: string; readonly wanted: string };

export type RefusalCode = Refusal['code'];

/** A request that the rules refuse. Never thrown for work that failed elsewhere: that is a value, `Failure`. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(readonly refusal: Refusal) {
    super(describeRefusal(refusal));
  }

  get code(): RefusalCode {
    return this.refusal.code;
  }
}

export const invalidInput = (problems: readonly Problem[]): DomainError =>
  new DomainError({ code: 'invalid_input', problems });

export function describeProblem({ field, code, received, allowed }: Problem): string {
  // What came is not to blame where the field itself is missing or out of place.
  const isQuoted = received !== undefined && code !== 'required' && code !== 'not_supported';
  const what = isQuoted ? `${field} "${received}"` : field;
  return `${what} ${complaints[code]}${allowed === undefined ? '' : `; allowed: ${allowed}`}`;
}

function describeRefusal(refusal: Refusal): string {
  switch (refusal.code) {
    case 'invalid_input':
      return refusal.problems.map(describeProblem).join('\n');
    case 'avatar_not_found':
      return `There is no avatar "${refusal.avatar}".`;
    case 'avatar_ambiguous':
      return new Set(refusal.owners).size > 1
        ? `Several people have an avatar "${refusal.avatar}" (${refusal.owners.join(', ')}): say whose.`
        : `"${refusal.avatar}" fits several avatars: write the whole name, or more of the id.`;
    case 'avatar_not_ready':
      return `The avatar "${refusal.avatar}" is not ready (${refusal.status}).`;
    case 'no_avatar':
      return 'There is no avatar yet.';
    case 'preset_not_available':
      return refusal.available.length === 0
        ? `fal takes no pictures of this avatar just now, with "${refusal.preset}" or any other preset; it is tried again by itself.`
        : `The preset "${refusal.preset}" does not work with this avatar; these do: ${refusal.available.join(', ')}.`;
    case 'insufficient_credits':
      return `This costs ${refusal.needed} credits and the balance is ${refusal.balance}.`;
    case 'too_many_credits':
      return `Nobody can have more than ${refusal.limit} credits.`;
    case 'offer_gone':
      return 'This offer is sold no more, or not on these terms.';
    case 'promo_refused':
      return 'This promo code gives nothing.';
    case 'promo_waits':
      return 'Another promo code waits for the next pack.';
    case 'subscribed':
      return `This is paid for until ${refusal.until.toISOString()} already, and goes on by itself.`;
    case 'not_refundable':
      return 'Some of this payment is spent, or it was too long ago.';
    case 'price_changed':
      return `This costs ${refusal.credits} credits by now, and not ${refusal.agreed}.`;
    case 'too_many_waiting':
      return `There are already ${refusal.limit} jobs waiting.`;
    case 'too_many_webhooks':
      return `There are ${refusal.limit} webhooks already: remove one first.`;
    case 'webhook_off':
      return 'This webhook is switched off: remove it and add it anew.';
    case 'too_many_keys':
      return `There are ${refusal.limit} keys already: revoke one first.`;
    case 'allowance_spent':
      return `${refusal.limit} ${refusal.kind.replace('_', ' ')} are used up for now; free again in ${refusal.seconds} s.`;
    case 'pictures_spent':
      return `${refusal.left} of ${refusal.limit} pictures are left for today; anew in ${refusal.seconds} s.`;
    case 'budget_spent':
      return `The budget of this ${refusal.period} is used up; orders go on at ${refusal.at.toISOString()}.`;
    case 'away_now':
      return `fal takes no jobs for ${refusal.endpoint} just now; it is tried again by itself.`;
    case 'not_found':
      return `There is no such ${refusal.what}.`;
    case 'not_allowed':
      return 'You are not on the list of people who may use this bot.';
    case 'person_blocked':
      return 'Operators have closed the bot for this person.';
    case 'intent_over':
      return 'This was confirmed before, or the question is too old.';
    case 'decided_before':
      return `This was decided already, ${refusal.by === null ? '' : `by ${refusal.by} `}at ${refusal.at.toISOString()}; nothing was changed.`;
    case 'link_refused':
      return 'This link lets nobody in any more.';
    case 'photos_wait':
      return 'An operator looks at these photos first, because somebody in them looks young.';
    case 'photos_refused':
      return 'These photos are not trained on, because somebody in them looks under 18.';
    case 'consent_required':
      return 'Nobody has said yet that these photos may be used.';
    case 'not_enough_photos':
      return `There are ${refusal.kept} photos, at least ${refusal.needed} are needed.`;
    case 'too_many_photos':
      return `There are ${refusal.limit} photos already.`;
    case 'photo_gone':
      return 'The file of this photo is gone: take it out and send it again.';
    case 'archive_refused':
      return `The ZIP cannot be used: ${refusal.reason.replace('_', ' ')}.`;
    case 'weights_refused':
      return `These are no LoRA weights: ${refusal.reason}.`;
    case 'weights_foreign':
      return `This LoRA is for ${refusal.family}, not for FLUX.1.`;
    case 'recipe_hidden':
      return 'An operator has hidden this recipe.';
    case 'words_doubted':
      return `These words may be about ${refusal.category}: it has to be said that they are meant.`;
    case 'words_refused':
      return `These words are about ${refusal.category}, which is not made here.`;
    case 'wrong_state':
      return `The ${refusal.what} is ${refusal.status}, it cannot become ${refusal.wanted}.`;
    default:
      return refusal satisfies never;
  }
}
