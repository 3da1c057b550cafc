import { aspectRatiosOf } from '../../domain/generation/routing.js';
import type { UserId } from '../../domain/ids.js';
import type { Needs } from '../ports/needs.js';
import type { Preferences } from '../ports/stores/preference-store.js';

/** Remembers what a person wants from now on, and how they want to be spoken with. */
export class ChangePreferences {
  constructor(private readonly parts: Needs<'preferences'>) {}

  /** Returns all of theirs. A ratio that the new preset cannot have is forgotten. */
  async execute(user: UserId, changes: Partial<Preferences>): Promise<Preferences> {
    const { preferences } = this.parts.database.stores;
    const { aspectRatio } = { ...(await preferences.of(user)), ...changes };
    const isLost =
      changes.preset != null && aspectRatio !== null && !aspectRatiosOf(changes.preset).includes(aspectRatio);
    await preferences.change(user, isLost ? { ...changes, aspectRatio: null } : changes);
    return preferences.of(user);
  }
}
