/** Knows sooner than the sweep what became of the jobs in this process's hands; never the only one who finds out. */
export interface ProviderWatch<Row> {
  follow(row: Row): void;
  /** Lets go of everything; resolves when nothing is being watched any more. */
  stop(): Promise<void>;
}

/** Where nobody needs watching. */
export const noWatch: ProviderWatch<unknown> = { follow: () => undefined, stop: async () => undefined };
