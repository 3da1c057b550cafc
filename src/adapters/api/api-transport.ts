import type { FollowGenerations } from '../../application/generation/follow-generations.js';
import type { ApiEventSink } from '../../application/ports/api/api-event-sink.js';
import type { HostedService } from '../../application/ports/hosted-service.js';
import type { DeliveryReport, Notification, Transport } from '../../application/ports/transport.js';
import { apiTransport } from './api-origin.js';

interface Parts {
  readonly follow: FollowGenerations;
  /** Missing where nobody wants to hear of it. */
  readonly events?: ApiEventSink | undefined;
}

/**
 * The way in of programs. Nothing is sent: who ordered fetches the result, and whoever follows it sees the row change. So
 * any worker may close its jobs.
 */
export class ApiTransport implements Transport, HostedService {
  readonly name = apiTransport;
  readonly role = 'http';

  constructor(private readonly parts: Parts) {}

  /** Its requests come through the web server. */
  async start(): Promise<void> {}

  /** Ends what waits for an event, so that the web server has nothing left to answer. */
  async stop(): Promise<void> {
    this.parts.follow.close();
  }

  async deliver(notification: Notification, stillOurs?: () => Promise<void>): Promise<DeliveryReport> {
    await stillOurs?.();
    await this.parts.events?.tell(notification);
    return { kind: 'sent' };
  }
}
