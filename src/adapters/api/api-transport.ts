import type { FollowGenerations } from '../../application/generation/follow-generations.js';
import type { NoteEvent } from '../../application/hooks/note-event.js';
import type { HostedService } from '../../application/ports/hosted-service.js';
import type { DeliveryReport, Notification, Transport } from '../../application/ports/transport.js';
import { apiTransport } from './api-origin.js';
import { type TrainingView, trainingView } from './avatars/training-view.js';
import { type GenerationView, generationView } from './generations/generation-view.js';

interface Parts {
  readonly follow: FollowGenerations;
  readonly noteEvent: NoteEvent;
}

/**
 * The way in of programs. Nothing is sent: who ordered fetches the result, and whoever follows it sees the row change. So
 * any worker may close its jobs. What their owner's webhooks are told is noted first.
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
    const data = seenIn(notification);
    if (data !== null) await this.parts.noteEvent.execute(notification, data);
    return { kind: 'sent' };
  }
}

/** What became of a job, as `GET` tells it; `null` for what is not over. */
function seenIn(notification: Notification): GenerationView | TrainingView | null {
  switch (notification.kind) {
    case 'result':
      return generationView(notification.generation, null, notification.images);
    case 'ended':
      return generationView(notification.generation, null, []);
    case 'avatar-ready':
    case 'training-ended':
      return trainingView(notification.training);
    default:
      return null;
  }
}
