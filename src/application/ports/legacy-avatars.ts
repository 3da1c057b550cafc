/** The old system's avatars. */
export interface LegacyAvatars {
  /**
   * All rows of its `avatars` table as objects with the column names, each with the `telegram_id` of its owner.
   * Throws LegacyUnreadable when the place cannot be read or is no such database.
   */
  rows(): Promise<unknown[]>;
}

/** Why the old database cannot be read; its message names no password. */
export class LegacyUnreadable extends Error {
  override readonly name = 'LegacyUnreadable';
}
