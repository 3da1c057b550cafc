import { IsObject, IsString } from 'class-validator';
import type { ReadyAvatar } from '../../domain/avatar/avatar.js';
import { DomainError, invalidInput, type Problem } from '../../domain/errors.js';
import type { StartingPicture } from '../../domain/generation/image-order.js';
import { workOf } from '../../domain/generation/order-work.js';
import type { Overrides } from '../../domain/generation/overrides.js';
import { picturePrice, pricedIn } from '../../domain/generation/picture-price.js';
import { defaultPreset, isPresetName, presetNames } from '../../domain/generation/preset.js';
import { checkPrompt } from '../../domain/generation/prompt.js';
import { checkOverrides, route } from '../../domain/generation/routing.js';
import { costOf } from '../../domain/provider-prices.js';
import { cut } from '../../domain/text/cut-text.js';
import { refuseStrangers } from '../account/access.js';
import { avatarAmong } from '../avatars/find-avatar.js';
import { attempt, refuseTogether } from '../input/deferred-refusal.js';
import { MayBeAbsent, readInput, refuseIfWrong, type Sent } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import { userProblems } from '../input/user-id.js';
import type { CheckWords } from '../policy/check-words.js';
import type { Circumstances } from '../ports/stores/generation-store.js';
import { type AcceptParts, type Asked, acceptOnce, type Plan } from './accept-once.js';

/** What somebody asks for. */
export class GenerationRequest {
  /** Id or name; without one the owner's main avatar. */
  @MayBeAbsent() @IsString() avatar?: string | undefined;

  /** A second avatar in the same picture: id or name. */
  @MayBeAbsent() @IsString() companion?: string | undefined;
  @MayBeAbsent() @IsString() preset?: string | undefined;
  @IsString() prompt!: string;

  /** Names and values that no endpoint takes are refused by `checkOverrides`. */
  @IsObject() overrides?: Overrides | undefined = {};
}

/** What only the way in says about it. */
export interface GenerationContext extends RequestContext {
  /** What it found wrong already; it is said together with the rest. */
  readonly problems?: readonly Problem[] | undefined;
  /** Part of something paid for already, a proof sheet: costs nothing. */
  readonly free?: boolean | undefined;
  /** Its words were asked about before, or nobody is there to be asked. */
  readonly sure?: boolean | undefined;
  /** Of theirs, to start from. */
  readonly picture?: StartingPicture | undefined;
}

/**
 * Accepts a request: checks all of it, holds its price, and queues it, in one transaction.
 * @throws DomainError with everything wrong at once; then nothing was charged and nothing written.
 */
export class RequestGeneration {
  constructor(private readonly parts: AcceptParts & { readonly checkWords: CheckWords }) {}

  async execute(request: Sent<GenerationRequest>, context: GenerationContext): Promise<Asked> {
    return acceptOnce(this.parts, context, (met) => this.plan(met, request, context));
  }

  /** Checks everything there is to check, so that one answer can name all of it. */
  private async plan(
    met: Circumstances,
    sent: Sent<GenerationRequest>,
    { owner, free, sure, picture, problems: given = [] }: GenerationContext,
  ): Promise<Plan> {
    const { input: request, problems: wrong } = readInput(GenerationRequest, sent);
    const wrongFields = [...userProblems('owner', owner), ...wrong.filter(({ field }) => field !== 'prompt')];
    // What was begun for somebody who was sent away meanwhile is finished.
    if (wrongFields.length === 0 && free !== true) await refuseStrangers(this.parts, owner);
    const { preset = defaultPreset } = request;
    const prompt = request.prompt?.trim() ?? '';
    const overrides = { seed: this.parts.ids.seed(), ...withoutGaps(request.overrides ?? {}) };
    const problems = [...wrongFields, ...given, ...checkRequest({ preset, prompt, overrides })];
    if (wrongFields.length > 0) throw invalidInput(problems);
    const avatar = await attempt(() => readyAvatar(met, request.avatar));
    const companion = await attempt(() =>
      request.companion === undefined ? null : readyAvatar(met, request.companion),
    );
    if ('refused' in avatar || 'refused' in companion || !isPresetName(preset)) {
      refuseTogether(problems, { avatar, companion });
      throw invalidInput(problems);
    }
    const catalogue = { retired: met.retired };
    const order = await attempt(() =>
      route({
        avatar: avatar.value,
        companion: companion.value ?? undefined,
        picture,
        preset,
        prompt,
        overrides,
        catalogue,
      }),
    );
    if ('refused' in order) {
      // What it names is narrower than what was found above; only an unfit preset says nothing of the rest.
      const { refusal } = order.refused;
      if (refusal.code === 'invalid_input') throw invalidInput([...given, ...refusal.problems]);
      refuseTogether(problems, { preset: order });
      throw order.refused;
    }
    refuseIfWrong(given);
    // The prompts of a proof sheet are our own.
    if (free !== true) await this.parts.checkWords.execute(prompt, { sure });
    return {
      avatar: avatar.value.id,
      companion: companion.value?.id ?? null,
      preset,
      prompt,
      overrides,
      order: order.value,
      price: free === true ? 0 : picturePrice(this.parts.policy, pricedIn(order.value, preset)),
      cost: costOf(workOf(order.value), this.parts.policy.providerPrices, this.parts.clock.now()),
    };
  }
}

function readyAvatar({ avatars }: Circumstances, idOrName: string | undefined): ReadyAvatar {
  const avatar = avatarAmong(avatars, idOrName);
  if (avatar.status !== 'ready')
    throw new DomainError({ code: 'avatar_not_ready', avatar: avatar.name, status: avatar.status });
  return avatar;
}

/** What is wrong with a request whoever makes it. */
export function checkRequest({
  preset = defaultPreset,
  prompt,
  overrides = {},
}: GenerationRequest): Problem[] {
  const allowed = presetNames.join(', ');
  const unknown: Problem = { field: 'preset', code: 'unknown_value', received: cut(preset, 40), allowed };
  return [...(isPresetName(preset) ? [] : [unknown]), ...checkPrompt(prompt), ...checkOverrides(overrides)];
}

export const withoutGaps = (overrides: Overrides): Overrides =>
  Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
