import { trainedKind } from '../../domain/avatar/avatar-model.js';
import { DomainError } from '../../domain/errors.js';
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
    const all = only === undefined ? await avatars.list(owner) : [await ownAvatar({ avatars }, owner, only)];
    const ready = all.filter((avatar) => avatar.status === 'ready');
    if (only !== undefined && ready.length === 0)
      throw new DomainError({ code: 'not_found', what: 'avatar' });
    const catalogue = { retired: await endpoints.retired(this.parts.clock.now()) };
    const working = new Set(ready.flatMap(({ model }) => presetsFor(model, catalogue)));
    if (only === undefined && working.size === 0) return presetsFor({ kind: trainedKind });
    return presetNames.filter((name) => working.has(name));
  }
}
