import type { EndpointId } from '../../../domain/endpoint-catalogue.js';

/** What was learned at run time about endpoints. */
export interface EndpointFacts {
  retired(): Promise<ReadonlySet<EndpointId>>;
  /** True when this was news: the operator is told once. */
  markRetired(endpoint: EndpointId, now: Date): Promise<boolean>;
}
