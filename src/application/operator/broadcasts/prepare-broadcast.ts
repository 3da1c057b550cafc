import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import type { Audience, BroadcastTexts } from '../../../domain/operator/broadcast.js';
import { stillValid } from '../../../domain/operator/intent.js';
import type { Origin } from '../../../domain/origin.js';
import type { Needs } from '../../ports/needs.js';
import type { AccessSettings } from '../../ports/stores/operator/broadcast-store.js';
import type { Stores } from '../../ports/stores/stores.js';

interface Written {
  readonly admin: UserId;
  /** It is for those who read this language, beside what was prepared before. */
  readonly beside?: { readonly intent: string; readonly language: string } | undefined;
}

interface Prepared {
  readonly audience: Audience;
  readonly texts: BroadcastTexts;
  /** What a confirming button names; `null` when there is nobody to be reached. */
  readonly intent: string | null;
}

type Parts = Needs<'broadcasts' | 'operatorIntents', 'clock' | 'ids'> & { readonly policy: AccessSettings };

/** Counts whom a message would reach, and keeps what its operator may confirm. */
export class PrepareBroadcast {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `intent_over` of what it is to stand beside */
  async execute(message: Origin, { admin, beside }: Written): Promise<Prepared> {
    const { database, clock, ids, policy } = this.parts;
    return database.transaction(async (stores) => {
      const now = clock.now();
      const audience = await stores.broadcasts.audience(admin, policy);
      if (beside !== undefined) {
        const texts = await addText(stores, message, { admin, ...beside, now });
        return { audience, texts, intent: audience.people === 0 ? null : beside.intent };
      }
      const texts = { message, translations: {} };
      if (audience.people === 0) return { audience, texts, intent: null };
      const id = ids.uuid();
      await stores.operatorIntents.keep({ id, admin, act: { act: 'broadcast', ...texts }, madeAt: now });
      return { audience, texts, intent: id };
    });
  }
}

interface Addition {
  readonly admin: UserId;
  readonly intent: string;
  readonly language: string;
  readonly now: Date;
}

/** To the same intent: whichever card confirms it, both texts leave, and once. */
async function addText(
  { operatorIntents }: Pick<Stores, 'operatorIntents'>,
  text: Origin,
  { admin, intent: id, language, now }: Addition,
): Promise<BroadcastTexts> {
  const intended = await operatorIntents.find({ id, admin }, stillValid(now));
  if (intended?.act !== 'broadcast') throw new DomainError({ code: 'intent_over' });
  const { message, translations = {} } = intended;
  const texts = { message, translations: { ...translations, [language]: text } };
  const act = { act: 'broadcast', ...texts } as const;
  if (!(await operatorIntents.change({ id, admin, act, madeAt: now }, stillValid(now))))
    throw new DomainError({ code: 'intent_over' });
  return texts;
}
