import type { Problem } from '../../domain/errors.js';
import type { Overrides } from '../../domain/generation/overrides.js';
import { defaultPreset, isPresetName } from '../../domain/generation/preset.js';
import { route } from '../../domain/generation/routing.js';
import type { UserId } from '../../domain/ids.js';
import { findAvatar } from '../avatars/find-avatar.js';
import { checkRequest } from '../generation/request-generation.js';
import { attempt, refuseTogether } from '../input/deferred-refusal.js';
import type { ReadStores } from '../ports/stores/way-in-database.js';

/** A prompt as it was typed, with the options taken out. */
export interface TypedRequest {
  readonly prompt: string;
  readonly preset?: string | undefined;
  readonly avatar?: string | undefined;
  readonly overrides: Overrides;
  /** Options that do not exist or lack their value. */
  readonly problems: readonly Problem[];
}

/**
 * Checks a request whose options were typed, without asking for it: what could not be read stands beside the values that
 * cannot be had.
 * @throws DomainError with everything wrong at once
 */
export async function checkTypedRequest(
  stores: Pick<ReadStores, 'avatars' | 'endpoints'>,
  owner: UserId,
  { prompt, overrides, problems, ...typed }: TypedRequest,
  now: Date,
): Promise<void> {
  const preset = typed.preset ?? defaultPreset;
  const avatar = await attempt(() => findAvatar(stores, typed.avatar, owner));
  const order = await attempt(async () => {
    if ('refused' in avatar || avatar.value.status !== 'ready' || !isPresetName(preset)) return;
    const catalogue = { retired: await stores.endpoints.retired(now) };
    route({ avatar: avatar.value, preset, prompt, overrides, catalogue });
  });
  const refusal = 'refused' in order ? order.refused.refusal : null;
  // What the avatar's own endpoint refuses is narrower than what nobody takes.
  const wrong: readonly Problem[] =
    refusal?.code === 'invalid_input' ? refusal.problems : checkRequest({ preset, prompt, overrides });
  refuseTogether([...problems, ...wrong], {
    avatar,
    ...(refusal?.code === 'preset_not_available' ? { preset: order } : {}),
  });
}
