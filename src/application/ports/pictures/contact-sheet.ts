/** A small picture; `null`: there is none, and its place stays empty. */
type Small = Uint8Array | null;

export interface SheetEntry {
  /** Stands in its corner; `null`: nothing does. */
  readonly number: number | null;
  /** The number's colour says what is wrong. */
  readonly tone: 'refused' | 'doubtful';
  readonly picture: Small;
  /** What it resembles, shown close beside it. */
  readonly like: { readonly number: number | null; readonly picture: Small } | null;
}

export interface ContactSheet {
  /** One JPEG of all of them, side by side. */
  compose(entries: readonly SheetEntry[]): Promise<Uint8Array>;
}
