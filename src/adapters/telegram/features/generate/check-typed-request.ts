import { findAvatar } from '../../../../application/avatars/find-avatar.js';
import { checkRequest } from '../../../../application/generation/request-generation.js';
import { attempt, refuseTogether } from '../../../../application/input/deferred-refusal.js';
import type { Stores } from '../../../../application/ports/stores/stores.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import type { Problem } from '../../../../domain/errors.js';
import { defaultPreset, isPresetName } from '../../../../domain/generation/preset.js';
import { route } from '../../../../domain/generation/routing.js';
import type { UserId } from '../../../../domain/ids.js';
import type { TypedRequest } from './prompt-options.js';

/**
 * Checks a request whose options were typed, without asking for it: what could not be read stands beside the values that
 * cannot be had.
 * @throws DomainError with everything wrong at once
 */
export async function checkTypedRequest(
  stores: Stores,
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

/** The avatar that was typed, if any. */
export const typedAvatar = async (
  stores: Stores,
  owner: UserId,
  { avatar }: TypedRequest,
): Promise<Avatar | undefined> => (avatar === undefined ? undefined : findAvatar(stores, avatar, owner));
