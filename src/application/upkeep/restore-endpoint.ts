import { DomainError } from '../../domain/errors.js';
import type { Needs } from '../ports/needs.js';

/** The operator has jobs sent to an endpoint again, without waiting for its next try. */
export class RestoreEndpoint {
  constructor(private readonly parts: Needs<'endpoints'>) {}

  /** @throws DomainError `not_found` for one that is not in trouble. */
  async execute(endpoint: string): Promise<void> {
    const { endpoints } = this.parts.database.stores;
    if (!(await endpoints.troubled()).some((each) => each.endpoint === endpoint))
      throw new DomainError({ code: 'not_found', what: `endpoint in "endpoints list": ${endpoint}` });
    await endpoints.served(endpoint);
  }
}
