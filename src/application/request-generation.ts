import { IsOptional, IsString, Matches } from 'class-validator';
import type { Avatar, ReadyAvatar } from '../domain/avatar.js';
import { DomainError, type Problem } from '../domain/errors.js';
import { type Generation, heldFor, type Origin } from '../domain/generation.js';
import { generationId, type UserId, userId } from '../domain/ids.js';
import type { Overrides } from '../domain/overrides.js';
import { defaultPreset, isPresetName, presetNames } from '../domain/preset.js';
import { checkPrompt } from '../domain/prompt.js';
import { checkOverrides, route } from '../domain/routing.js';
import { carryOut } from './carry-out.js';
import { findAvatar } from './find-avatar.js';
import { problemsOf, refuseIfWrong } from './input-validation.js';
import { mayEnter, type Policy } from './policy.js';
import type { Clock } from './ports/clock.js';
import type { Ids } from './ports/ids.js';
import type { Metrics } from './ports/metrics.js';
import type { Database, Stores } from './ports/stores/stores.js';
import { welcome } from './welcome.js';

/** What somebody wishes for. */
export class GenerationRequest {
  @Matches(/^[1-9]\d{0,19}$/, { context: { allowed: 'a Telegram user id' } })
  owner!: string;

  /** Id or name; without one the owner's main avatar. */
  @IsOptional()
  @IsString()
  avatar?: string | undefined;

  /** A second avatar in the same picture: id or name. */
  @IsOptional()
  @IsString()
  companion?: string | undefined;

  @IsOptional()
  @IsString()
  preset?: string | undefined;

  @IsString()
  prompt!: string;

  overrides: Overrides = {};
  origin!: Origin;
  /** Names the tap or message: asking twice under one key makes one job. */
  requestKey?: string | undefined;
  /** Part of something paid for already, a proof sheet: costs nothing. */
  free?: boolean | undefined;
}

/**
 * Accepts a wish: checks all of it, holds its price, and puts it in line, in one transaction.
 * @throws DomainError with everything wrong at once; then nothing was charged and nothing written.
 */
export class RequestGeneration {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly policy: Policy,
    private readonly metrics: Metrics,
  ) {}

  async execute(wish: GenerationRequest): Promise<Generation> {
    const request = Object.assign(new GenerationRequest(), wish);
    refuseIfWrong(problemsWith(request));
    const owner = userId(request.owner);
    if (!mayEnter(this.policy, owner)) throw new DomainError({ code: 'not_allowed' });
    const generation = await this.database.transaction(async (stores) => {
      const earlier =
        request.requestKey === undefined
          ? null
          : await stores.generations.findByRequestKey(request.requestKey);
      if (earlier !== null) return earlier;
      await welcome(stores, owner, this.policy, this.clock.now());
      const accepted = await this.accept(stores, owner, request);
      const added = await stores.generations.add(accepted, request.requestKey);
      if (added.id === accepted.id)
        await carryOut(stores, accepted, { next: accepted, effects: ['hold', 'submit'] }, accepted.createdAt);
      return added;
    });
    this.metrics.accepted(request.origin.transport);
    return generation;
  }

  private async accept(stores: Stores, owner: UserId, request: GenerationRequest): Promise<Generation> {
    const open = await stores.generations.countOpen(owner);
    if (open >= this.policy.openPerUser)
      throw new DomainError({ code: 'too_many_waiting', limit: this.policy.openPerUser });
    const avatar = ready(await findAvatar(stores, request.avatar, owner));
    const companion =
      request.companion === undefined ? null : ready(await findAvatar(stores, request.companion, owner));
    const preset = isPresetName(request.preset) ? request.preset : defaultPreset;
    const overrides = { seed: this.ids.seed(), ...withoutGaps(request.overrides) };
    const order = route({
      avatar,
      companion: companion ?? undefined,
      preset,
      prompt: request.prompt.trim(),
      overrides,
      catalogue: { retired: await stores.endpoints.retired() },
    });
    const generation: Generation = {
      id: generationId(this.ids.uuid()),
      owner,
      avatar: avatar.id,
      companion: companion?.id ?? null,
      preset,
      prompt: request.prompt.trim(),
      overrides,
      order,
      price: request.free === true ? 0 : this.policy.priceImage,
      origin: request.origin,
      createdAt: this.clock.now(),
      submits: 0,
      doubts: 0,
      run: 0,
      rerolls: 0,
      status: 'accepted',
      notBefore: null,
    };
    await refuseIfPoor(stores, owner, heldFor(generation));
    return generation;
  }
}

function problemsWith(request: GenerationRequest): Problem[] {
  const { preset, prompt, overrides } = request;
  const unknown: Problem = {
    field: 'preset',
    code: 'unknown_value',
    received: String(preset).slice(0, 40),
    allowed: presetNames.join(', '),
  };
  return [
    ...problemsOf(request).filter(({ field }) => field !== 'prompt'),
    ...(preset === undefined || isPresetName(preset) ? [] : [unknown]),
    ...checkPrompt(typeof prompt === 'string' ? prompt : ''),
    ...checkOverrides(overrides),
  ];
}

function ready(avatar: Avatar): ReadyAvatar {
  if (avatar.status !== 'ready')
    throw new DomainError({ code: 'avatar_not_ready', avatar: avatar.name, status: avatar.status });
  return avatar;
}

/** A kind word early; what really keeps the balance above zero is the ledger itself. */
async function refuseIfPoor(stores: Stores, owner: UserId, needed: number): Promise<void> {
  const { balance } = await stores.ledger.account(owner);
  if (needed > balance) throw new DomainError({ code: 'insufficient_credits', needed, balance });
}

const withoutGaps = (overrides: Overrides): Overrides =>
  Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
