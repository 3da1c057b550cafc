import type { RequestContext } from '../../application/input/request-context.js';
import type { ApiKey } from '../../domain/api-key.js';

/** The name that is stored with each job. */
export const apiTransport = 'api';

/** Who asks: a key is its owner. */
export const askedBy = ({
  id,
  owner,
}: Pick<ApiKey, 'id' | 'owner'>): Pick<RequestContext, 'owner' | 'origin'> => ({
  owner,
  origin: { transport: apiTransport, address: { key: id } },
});
