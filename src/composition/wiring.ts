import { Container } from 'inversify';
import { services } from './identifiers.js';
import {
  directModule,
  falModule,
  mediaModule,
  postgresModule,
  queueModule,
  systemModule,
} from './modules/adapter-modules.js';
import { applicationModule, pipelineModule } from './modules/application-module.js';
import { observabilityModule } from './modules/observability-module.js';
import { ownerModule } from './modules/owner-module.js';
import { trainingModule, trainingPipelineModule } from './modules/training-module.js';
import type { Resources } from './resources.js';
import { seedSandbox } from './seed-sandbox.js';

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
    directModule,
  );
  if (resources.telegramAccount !== null) {
    // Read only where there is a bot: the commands of the CLI start faster without it.
    const { telegramModule } = await import('./modules/telegram-module.js');
    container.load(telegramModule);
  }
  if (config.mode === 'sandbox')
    await seedSandbox(container.get(services.database), container.get(services.clock));
  return container;
}
