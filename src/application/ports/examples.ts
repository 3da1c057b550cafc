/** A picture of ours that is shown, not one that somebody ordered. */
export interface ShownPicture {
  /** With its ending, e.g. `example-1.jpg`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What somebody who has nothing yet is shown. */
export interface Examples {
  /** Three of them in one picture. */
  readonly mosaic: ShownPicture;
  /** Each by itself, three to six. */
  readonly each: readonly ShownPicture[];
}

/** Asked for when somebody starts; `null`: there are none to show. */
export type OpenExamples = () => Promise<Examples | null>;
