/** Identifiers and chance, from outside, so that tests own them. */
export interface Ids {
  /** A new UUID (version 7 or 4). */
  uuid(): string;
  /** A seed for the image model: 0 to 4294967295. */
  seed(): number;
}

/** So many bytes that nobody can guess. */
export type SecureBytes = (count: number) => Uint8Array;
