import { Container, type ContainerModule } from 'inversify';
import { services } from './identifiers.js';
import { accountModule } from './modules/account-module.js';
import {
  falModule,
  mediaModule,
  observabilityModule,
  postgresModule,
  systemModule,
} from './modules/adapter-modules.js';
import { alertsModule, tellsOfTroubles } from './modules/alerts-module.js';
import { avatarsModule } from './modules/avatars-module.js';
import { billModule, readsBill } from './modules/bill-module.js';
import { composerModule } from './modules/composer-module.js';
import { galleryModule } from './modules/gallery-module.js';
import { generationModule } from './modules/generation-module.js';
import { hooksModule } from './modules/hooks-module.js';
import { operatorInTelegramModule, operatorModule } from './modules/operator-module.js';
import { paymentsModule, takingPaymentsModule } from './modules/payments-module.js';
import { personalDataModule } from './modules/personal-data-module.js';
import { queueModule } from './modules/queue-module.js';
import { trainingModule } from './modules/training-module.js';
import { upkeepModule } from './modules/upkeep-module.js';
import { waysInModule } from './modules/ways-in-module.js';
import { keepOffers } from './open-offers.js';
import type { Resources } from './resources.js';
import { seedSandbox } from './seed-sandbox.js';

/** Binds everything once. */
export async function wire(resources: Resources): Promise<Container> {
  const container = new Container();
  container.load(...(await modulesOf(resources)));
  await keepOffers(container.get(services.database), resources.offers);
  if (resources.config.mode === 'sandbox')
    await seedSandbox(container.get(services.database), container.get(services.clock));
  return container;
}

/** What is hosted is started in this order. */
export async function modulesOf(resources: Resources): Promise<ContainerModule[]> {
  return [
    systemModule(resources),
    observabilityModule,
    postgresModule,
    mediaModule,
    falModule,
    generationModule,
    trainingModule,
    avatarsModule,
    composerModule,
    galleryModule,
    accountModule,
    paymentsModule,
    operatorModule,
    hooksModule,
    personalDataModule,
    upkeepModule,
    queueModule,
    ...(tellsOfTroubles(resources) ? [alertsModule] : []),
    ...(readsBill(resources) ? [billModule] : []),
    // Read only where there is a bot or a web server: the commands of the CLI start faster without them.
    ...(resources.telegramAccount === null
      ? []
      : [
          takingPaymentsModule,
          operatorInTelegramModule,
          (await import('./modules/telegram-module.js')).telegramModule,
        ]),
    ...(resources.http === null
      ? []
      : [
          (await import('./modules/http-module.js')).httpModule,
          (await import('./modules/api-module.js')).apiModule,
        ]),
    // The last to start and the first to stop: what waits for events has ended before the web server does.
    waysInModule,
  ];
}
