import type { EndpointFacts } from '../../src/application/ports/stores/endpoint-facts.js';
import type { EndpointId } from '../../src/domain/endpoint-catalogue.js';
import type { Access } from './in-memory-state.js';

export class InMemoryEndpointFacts implements EndpointFacts {
  constructor(private readonly access: Access) {}

  retired(): Promise<ReadonlySet<EndpointId>> {
    return this.access(({ retired }) => new Set(retired));
  }

  markRetired(endpoint: EndpointId): Promise<boolean> {
    return this.access(({ retired }) => {
      const isNews = !retired.has(endpoint);
      retired.add(endpoint);
      return isNews;
    });
  }
}
