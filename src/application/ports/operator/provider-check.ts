/** Asks the provider what costs nothing. */
export interface ProviderCheck {
  /** Whether it takes our key; `unknown`: it gave no answer that tells. */
  takesKey(): Promise<'yes' | 'no' | 'unknown'>;
}
