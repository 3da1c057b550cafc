import type { ServiceIdentifier } from 'inversify';
import type { HostedService } from '../application/ports/hosted-service.js';
import type { Transport } from '../application/ports/transport.js';
import type { Bind } from './build.js';
import { services } from './identifiers.js';

/** Makes a way in of what is bound: it is started with its role, and handed the results of what came through it. */
export function wayIn(bind: Bind, identifier: ServiceIdentifier<Transport & HostedService>): void {
  bind(services.transport).toService(identifier);
  bind(services.hosted).toService(identifier);
}
