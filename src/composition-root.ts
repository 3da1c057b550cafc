import { Container } from 'inversify';
import type { Logger } from './application/ports/logger.js';
import {
  callerModule,
  falModule,
  mediaModule,
  postgresModule,
  queueModule,
  systemModule,
} from './composition/adapter-modules.js';
import { applicationModule, pipelineModule } from './composition/application-module.js';
import { services } from './composition/identifiers.js';
import { observabilityModule } from './composition/observability-module.js';
import { ownerModule } from './composition/owner-module.js';
import { openResources, type Resources } from './composition/resources.js';
import { plantSandbox } from './composition/sandbox.js';
import { trainingModule, trainingPipelineModule } from './composition/training-module.js';
import type { Config } from './config.js';

export interface Composed {
  readonly container: Container;
  readonly resources: Resources;
}

/** What of the sandbox this process needs to run itself. */
export interface Wanted {
  /** Does it submit to fal? */
  readonly fal: boolean;
  /** Does it talk to people in Telegram? */
  readonly telegram: boolean;
}

/**
 * Opens the database and what else must be open, and wires everything once.
 * @throws ClusterError, DatabaseUnavailable
 */
export async function compose(config: Config, log: Logger, wanted: Wanted): Promise<Composed> {
  const resources = await openResources(config, log, wanted);
  try {
    return { container: await wire(resources), resources };
  } catch (error) {
    await resources.close();
    throw error;
  }
}

async function wire(resources: Resources): Promise<Container> {
  const { config } = resources;
  const container = new Container();
  container.load(
    systemModule(resources),
    observabilityModule,
    postgresModule,
    mediaModule,
    falModule,
    applicationModule,
    pipelineModule,
    trainingModule,
    trainingPipelineModule,
    ownerModule,
    queueModule,
    callerModule,
  );
  if (config.telegram.token !== null || resources.localTelegram !== null) {
    // Read only where there is a bot: the commands of the CLI start faster without it.
    const { telegramModule } = await import('./composition/telegram-module.js');
    container.load(telegramModule);
  }
  if (config.mode === 'sandbox')
    await plantSandbox(container.get(services.database), container.get(services.clock));
  return container;
}
