/**
 * The database is there and will never take this: not because of its state, but because of what it says. To try again
 * is pointless; to leave the words out is not.
 */
export class ContentRefused extends Error {
  override readonly name = 'ContentRefused';
}
