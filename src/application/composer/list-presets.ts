import type { Avatar } from '../../domain/avatar/avatar.js';
import { trainedKind } from '../../domain/avatar/avatar-model.js';
import { DomainError } from '../../domain/errors.js';
import type { Catalogue } from '../../domain/generation/endpoint-catalogue.js';
import { type PresetName, presetNames } from '../../domain/generation/preset.js';
import { presetsFor } from '../../domain/generation/routing.js';
import type { AvatarId, UserId } from '../../domain/ids.js';
import { ownAvatar } from '../avatars/find-avatar.js';
import type { Needs } from '../ports/needs.js';

/** The presets that can be had just now: with one avatar, or with at least one of somebody's. */
export class ListPresets {
  constructor(private readonly parts: Needs<'avatars' | 'endpoints', 'clock'>) {}

  /**
   * Somebody without an avatar is told those of one to be trained.
   * @throws DomainError `not_found` for an avatar that is not theirs, not ready, or gone (`null`)
   */
  async execute(owner: UserId, only?: AvatarId | null): Promise<PresetName[]> {
    const { avatars, endpoints } = this.parts.database.stores;
    const catalogue = { retired: await endpoints.retired(this.parts.clock.now()) };
    if (only === undefined) return presetsWithAny(await avatars.list(owner), catalogue);
    const avatar = await ownAvatar({ avatars }, owner, only);
    if (avatar.status !== 'ready') throw new DomainError({ code: 'not_found', what: 'avatar' });
    return presetsFor(avatar.model, catalogue);
  }
}

/** The presets that go with at least one of somebody's avatars; where there is none, with one to be trained. */
export function presetsWithAny(avatars: readonly Avatar[], catalogue: Catalogue): PresetName[] {
  const ready = avatars.filter((avatar) => avatar.status === 'ready');
  const working = new Set(ready.flatMap(({ model }) => presetsFor(model, catalogue)));
  if (working.size === 0) return presetsFor({ kind: trainedKind });
  return presetNames.filter((name) => working.has(name));
}
