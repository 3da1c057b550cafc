import { DomainError } from '../../domain/errors.js';
import { pictureBounds, quotedPrice } from '../../domain/generation/picture-price.js';
import { defaultPreset, isPresetName } from '../../domain/generation/preset.js';
import type { WordCategory } from '../../domain/text/word-lists.js';
import { findAvatar } from '../avatars/find-avatar.js';
import { GenerationRequest, withoutGaps } from '../generation/request-generation.js';
import { attempt } from '../input/deferred-refusal.js';
import { checkedInput } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import type { CheckWords } from '../policy/check-words.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { GenerationForm } from '../ports/stores/form-store.js';
import type { Preferences } from '../ports/stores/preference-store.js';
import { asksFirst } from './asks-first.js';
import { checkTypedRequest } from './typed-request.js';

interface AskContext extends Omit<RequestContext, 'requestKey'> {
  /** A UUID. The form with what is asked about has it: asked twice, it is one form, and is made once. */
  readonly form: string;
  readonly preferences: Pick<Preferences, 'confirmOrders'>;
}

/** What to ask about before anything is charged. */
interface Question {
  readonly form: GenerationForm;
  /** Its words may be about this; `null`: its price is all there is to ask about. */
  readonly doubt: WordCategory | null;
}

type Parts = Needs<'avatars' | 'endpoints' | 'forms' | 'generations' | 'ledger', 'clock'> & {
  readonly policy: Policy;
  readonly checkWords: CheckWords;
};

/** Keeps a request until its owner has said yes to its price or its words, if they are to be asked: nothing is charged before. */
export class AskFirst {
  constructor(private readonly parts: Parts) {}

  /**
   * What to ask about; `null` when it may be made at once.
   * @throws DomainError as the request itself, so that nobody is asked about what cannot be had
   */
  async execute(
    sent: GenerationRequest,
    { owner, origin, form: id, agreed, preferences }: AskContext,
  ): Promise<Question | null> {
    const { database, policy, clock } = this.parts;
    const { stores } = database;
    const doubt = await this.doubtAbout(sent.prompt);
    const isPriced = agreed === undefined && pictureBounds(policy).to > 0;
    if (doubt === null && !(isPriced && (await asksFirst(stores, policy, owner, preferences)))) return null;
    const request = checkedInput(GenerationRequest, sent);
    const { prompt, preset = defaultPreset } = request;
    const given = withoutGaps(request.overrides ?? {});
    await checkTypedRequest(
      stores,
      owner,
      { ...request, preset, overrides: given, problems: [] },
      clock.now(),
    );
    const { aspectRatio = null, count = 1, ...overrides } = given;
    const avatar = await findAvatar(stores, request.avatar, owner);
    if (avatar.status !== 'ready')
      throw new DomainError({ code: 'avatar_not_ready', avatar: avatar.name, status: avatar.status });
    if (!isPresetName(preset)) throw new Error(`preset ${preset} was checked and is none`);
    const catalogue = { retired: await stores.endpoints.retired(clock.now()) };
    const needed = quotedPrice(policy, avatar.model, { preset, overrides, catalogue }) * count;
    // A price of nothing needs no yes.
    if (needed === 0 && doubt === null) return null;
    const { balance } = await stores.ledger.account(owner);
    if (balance < needed) throw new DomainError({ code: 'insufficient_credits', needed, balance });
    // The avatar by its id: what is made is what was asked about, also when another one is the main one by then.
    const choices = { avatar: avatar.id, preset, aspectRatio, count };
    const form = {
      ...{ id, owner, origin, choices, overrides, picture: null, recipe: null },
      ...{ prompt: prompt.trim(), suggestion: null, createdAt: clock.now() },
    };
    await stores.forms.save(form);
    return { form, doubt };
  }

  private async doubtAbout(prompt: string): Promise<WordCategory | null> {
    const checked = await attempt(() => this.parts.checkWords.execute(prompt, {}));
    if (!('refused' in checked)) return null;
    const { refusal } = checked.refused;
    if (refusal.code !== 'words_doubted') throw checked.refused;
    return refusal.category;
  }
}
