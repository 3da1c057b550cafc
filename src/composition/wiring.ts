import { Container } from 'inversify';
import {
  callerModule,
  falModule,
  mediaModule,
  postgresModule,
  queueModule,
  systemModule,
} from './adapter-modules.js';
import { applicationModule, pipelineModule } from './application-module.js';
import { services } from './identifiers.js';
import { observabilityModule } from './observability-module.js';
import { ownerModule } from './owner-module.js';
import type { Resources } from './resources.js';
import { plantSandbox } from './sandbox.js';
import { trainingModule, trainingPipelineModule } from './training-module.js';

/** Binds everything once. */
export async function wire(resources: Resources): Promise<Container> {
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
  if (resources.telegramAccount !== null) {
    // Read only where there is a bot: the commands of the CLI start faster without it.
    const { telegramModule } = await import('./telegram-module.js');
    container.load(telegramModule);
  }
  if (config.mode === 'sandbox')
    await plantSandbox(container.get(services.database), container.get(services.clock));
  return container;
}
