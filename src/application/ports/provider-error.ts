/**
 * Why a question to the provider got no answer; the only thing these methods throw for reasons outside.
 * `not_taken`: the job surely was not accepted, safe to try again. `in_doubt`: it may have been.
 * `no_access`: key refused or no money; the operator has to act. `endpoint_gone`: 404 for the endpoint itself, or for
 * the job that was asked about.
 * `refused`: the input was refused at once, trying again is useless. `not_uploaded`: a file that the order needs could
 * not be put where the provider finds it; nothing was bought.
 */
export type ProviderTrouble =
  | 'not_taken'
  | 'in_doubt'
  | 'no_access'
  | 'endpoint_gone'
  | 'refused'
  | 'not_uploaded';

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly #detail: string;

  /**
   * @param message goes into logs: nothing of the provider's own text, which may repeat the prompt
   * @param retryAfter seconds the provider asked us to wait (`Retry-After`), if it did
   */
  constructor(
    readonly trouble: ProviderTrouble,
    message: string,
    readonly retryAfter: number | null = null,
    { detail, ...options }: ErrorOptions & { readonly detail?: string } = {},
  ) {
    super(message, options);
    this.#detail = detail ?? message;
  }

  /** What it said, in its own words: for the job's row, which the operator reads, never for a log. */
  get detail(): string {
    return this.#detail;
  }
}
