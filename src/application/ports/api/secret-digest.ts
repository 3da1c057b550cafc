/** What is kept in place of a secret. */
export interface SecretDigest {
  /** SHA-256 in hex: enough for what was drawn, too quick for what a person chose. */
  of(secret: string): string;
  /** Takes as long whether they differ in the first sign or in the last. */
  equal(one: string, other: string): boolean;
}
