/** The way in a job came by and where its answer goes; `address` is that transport's own affair. */
export interface Origin {
  readonly transport: string;
  readonly address: Readonly<Record<string, unknown>>;
}
