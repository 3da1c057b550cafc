import type { Container } from 'inversify';
import type { HostedService } from '../application/ports/hosted-service.js';
import type { Logger } from '../application/ports/logger.js';
import { services } from './identifiers.js';
import { openResources, type Resources, type Wanted } from './resources.js';
import type { Config } from './settings/config.js';

export interface Composed {
  readonly container: Container;
  readonly resources: Resources;
}

/**
 * Opens the database and what else must be open, and wires everything once.
 * @throws ClusterError, DatabaseUnavailable
 */
export async function compose(config: Config, log: Logger, wanted: Wanted): Promise<Composed> {
  const opening = openResources(config, log, wanted);
  // The largest part of the program is read while the database starts.
  const [resources, { wire }] = await Promise.all([opening, import('./wiring.js')]);
  try {
    return { container: await wire(resources), resources };
  } catch (error) {
    await resources.close();
    throw error;
  }
}

/** What this process runs for its roles, in the order of starting. */
export const hostedBy = ({ container, resources }: Composed): HostedService[] =>
  container.getAll(services.hosted).filter(({ role }) => resources.config.roles.has(role));
