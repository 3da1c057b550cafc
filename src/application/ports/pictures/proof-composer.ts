export interface ProofComposer {
  /**
   * One JPEG of all pictures in rows of `columns`, each with its number from 1 in a corner. `null`: a picture that
   * could not be made; its place stays empty. `side`: of each in pixels, 512.
   */
  compose(pictures: ReadonlyArray<Uint8Array | null>, columns: number, side?: number): Promise<Uint8Array>;
  /** The sheet with a picture as high as itself at its left. */
  beside(sheet: Uint8Array, original: Uint8Array): Promise<Uint8Array>;
}
