import { IsObject, IsString } from 'class-validator';
import type { ReadyAvatar } from '../../domain/avatar/avatar.js';
import { DomainError, invalidInput, type Problem } from '../../domain/errors.js';
import type { Generation } from '../../domain/generation/generation.js';
import type { Overrides } from '../../domain/generation/overrides.js';
import { defaultPreset, isPresetName, presetNames } from '../../domain/generation/preset.js';
import { checkPrompt } from '../../domain/generation/prompt.js';
import { checkOverrides, route } from '../../domain/generation/routing.js';
import { generationId, type UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { cut } from '../../domain/text/cut-text.js';
import { mayEnter } from '../account/access.js';
import { welcome } from '../account/welcome.js';
import { findAvatar } from '../avatars/find-avatar.js';
import { attempt, refuseTogether } from '../input/deferred-refusal.js';
import { MayBeAbsent, readInput, refuseIfWrong } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import { userProblems } from '../input/user-id.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { applyEffects } from './apply-effects.js';

type Touched = 'avatars' | 'endpoints' | 'generations' | 'jobs' | 'ledger' | 'users';

/** What somebody asks for. */
export class GenerationRequest {
  /** Id or name; without one the owner's main avatar. */
  @MayBeAbsent()
  @IsString()
  avatar?: string | undefined;

  /** A second avatar in the same picture: id or name. */
  @MayBeAbsent()
  @IsString()
  companion?: string | undefined;

  @MayBeAbsent()
  @IsString()
  preset?: string | undefined;

  @IsString()
  prompt!: string;

  /** Names and values that no endpoint takes are refused by \`checkOverrides\`. */
  @IsObject()
  overrides?: Overrides | undefined = {};
}

/** What only the way in says about it. */
export interface GenerationContext extends RequestContext {
  /** What it found wrong already; it is said together with the rest. */
  readonly problems?: readonly Problem[] | undefined;
  /** Part of something paid for already, a proof sheet: costs nothing. */
  readonly free?: boolean | undefined;
}

type Parts = Needs<Touched, 'clock' | 'ids' | 'metrics'> & {
  readonly policy: Policy;
};

/**
 * Accepts a request: checks all of it, holds its price, and puts it in line, in one transaction.
 * @throws DomainError with everything wrong at once; then nothing was charged and nothing written.
 */
export class RequestGeneration {
  constructor(private readonly parts: Parts) {}

  async execute(request: GenerationRequest, context: GenerationContext): Promise<Generation> {
    const { origin, requestKey } = context;
    const generation = await this.parts.database.transaction(async (stores) => {
      const earlier = requestKey === undefined ? null : await stores.generations.findByRequestKey(requestKey);
      if (earlier !== null) return earlier;
      const plan = await this.plan(stores, request, context);
      await welcome(stores, plan.owner, this.parts.policy, this.parts.clock.now());
      await this.refuseIfTooMany(stores, plan.owner);
      const accepted = this.accepted(origin, plan);
      const added = await stores.generations.add(accepted, requestKey);
      if (added.id === accepted.id)
        await applyEffects(
          stores,
          accepted,
          { next: accepted, effects: ['hold', 'submit'] },
          accepted.createdAt,
        );
      return added;
    });
    this.parts.metrics.accepted(origin.transport);
    return generation;
  }

  /** Checks everything there is to check, so that one answer can name all of it. */
  private async plan(
    stores: Pick<Stores, Touched>,
    sent: GenerationRequest,
    { owner, free, problems: given = [] }: GenerationContext,
  ): Promise<Plan> {
    const { input: request, problems: wrong } = readInput(GenerationRequest, sent);
    const wrongFields = [...userProblems('owner', owner), ...wrong.filter(({ field }) => field !== 'prompt')];
    if (wrongFields.length === 0 && !mayEnter(this.parts.policy, owner))
      throw new DomainError({ code: 'not_allowed' });
    const { preset = defaultPreset } = request;
    const prompt = request.prompt?.trim() ?? '';
    const overrides = { seed: this.parts.ids.seed(), ...withoutGaps(request.overrides ?? {}) };
    const problems = [...wrongFields, ...given, ...checkRequest({ preset, prompt, overrides })];
    if (wrongFields.length > 0) throw invalidInput(problems);
    const avatar = await attempt(() => readyAvatar(stores, request.avatar, owner));
    const companion = await attempt(() =>
      request.companion === undefined ? null : readyAvatar(stores, request.companion, owner),
    );
    if ('refused' in avatar || 'refused' in companion || !isPresetName(preset)) {
      refuseTogether(problems, { avatar, companion });
      throw invalidInput(problems);
    }
    const catalogue = { retired: await stores.endpoints.retired(this.parts.clock.now()) };
    const order = await attempt(() =>
      route({
        avatar: avatar.value,
        companion: companion.value ?? undefined,
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
    return {
      owner,
      avatar: avatar.value.id,
      companion: companion.value?.id ?? null,
      preset,
      prompt,
      overrides,
      order: order.value,
      price: free === true ? 0 : this.parts.policy.priceImage,
    };
  }

  private async refuseIfTooMany(stores: Pick<Stores, Touched>, owner: UserId): Promise<void> {
    const limit = this.parts.policy.openPerUser;
    if ((await stores.generations.countOpen(owner)) >= limit)
      throw new DomainError({ code: 'too_many_waiting', limit });
  }

  private accepted(origin: Origin, plan: Plan): Generation {
    return {
      ...plan,
      id: generationId(this.parts.ids.uuid()),
      origin,
      createdAt: this.parts.clock.now(),
      submits: 0,
      doubts: 0,
      run: 0,
      rerolls: 0,
      status: 'accepted',
      notBefore: null,
    };
  }
}

type Plan = Pick<
  Generation,
  'owner' | 'avatar' | 'companion' | 'preset' | 'prompt' | 'overrides' | 'order' | 'price'
>;

async function readyAvatar(
  stores: Pick<Stores, Touched>,
  idOrName: string | undefined,
  owner: UserId,
): Promise<ReadyAvatar> {
  const avatar = await findAvatar(stores, idOrName, owner);
  if (avatar.status !== 'ready')
    throw new DomainError({ code: 'avatar_not_ready', avatar: avatar.name, status: avatar.status });
  return avatar;
}

/** What is wrong with a request whoever makes it. */
export function checkRequest({ preset, prompt, overrides }: RequestedValues): Problem[] {
  const isUnknown = typeof preset === 'string' && !isPresetName(preset);
  return [
    ...(isUnknown ? [unknownPreset(preset)] : []),
    ...checkPrompt(prompt),
    ...checkOverrides(overrides),
  ];
}

interface RequestedValues {
  readonly preset: string | undefined;
  readonly prompt: string;
  readonly overrides: Overrides;
}

const unknownPreset = (received: string): Problem => ({
  field: 'preset',
  code: 'unknown_value',
  received: cut(received, 40),
  allowed: presetNames.join(', '),
});

const withoutGaps = (overrides: Overrides): Overrides =>
  Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
