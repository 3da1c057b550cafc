/** What the provider billed for one endpoint on one day in UTC; millionths of a dollar. */
export interface BilledWork {
  readonly day: string;
  readonly endpoint: string;
  readonly billed: number;
}

/** The provider's own account of what its work cost. */
export interface ProviderBill {
  /**
   * Everything of these days, the first and the last one (`2026-11-27`) included; an endpoint may come several times.
   * @throws Error when it cannot be read: a missing line is no zero
   */
  read(first: string, last: string): Promise<BilledWork[]>;
}
