import { DomainError } from '../../domain/errors.js';
import type { Operator } from '../../domain/operator/act.js';
import type { Needs } from '../ports/needs.js';

/** The operator has jobs sent to an endpoint again, without waiting for its next try. */
export class RestoreEndpoint {
  constructor(private readonly parts: Needs<'endpoints' | 'operatorActs', 'clock'>) {}

  /** @throws DomainError `not_found` for one that is not in trouble. */
  async execute(endpoint: string, { admin }: { readonly admin: Operator }): Promise<void> {
    const { database, clock } = this.parts;
    const { endpoints } = database.stores;
    if (!(await endpoints.troubled()).some((each) => each.endpoint === endpoint))
      throw new DomainError({ code: 'not_found', what: `endpoint in "endpoints list": ${endpoint}` });
    const at = clock.now();
    await database.transaction(async (stores) => {
      await stores.endpoints.served(endpoint);
      await stores.operatorActs.write({
        ...{ at, admin, act: 'endpoint-restore', subject: null, why: null, details: { endpoint } },
      });
    });
  }
}
