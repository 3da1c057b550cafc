import type { HookEvent } from '../../domain/hooks/event-hook.js';
import type { UserId } from '../../domain/ids.js';
import type { Needs } from '../ports/needs.js';
import type { Notification } from '../ports/transport.js';
import type { SendEvents } from './send-events.js';

interface Happening {
  readonly type: HookEvent;
  readonly job: { readonly id: string; readonly owner: UserId };
  /** As its row says it. A job that is tried once more may come out the same way again, later. */
  readonly at: Date;
}

type Parts = Needs<'eventHooks'> & { readonly sending: Pick<SendEvents, 'nudge'> };

/**
 * Notes what became of a job for each hook that wants to hear of it: once, however often a way in hands it over, so that
 * a hand-over which begins anew after a kill tells nobody twice.
 */
export class NoteEvent {
  constructor(private readonly parts: Parts) {}

  /** @param data what a program gets to see of the job */
  async execute(notification: Notification, data: Readonly<Record<string, unknown>>): Promise<void> {
    const happening = happeningIn(notification);
    if (happening === null) return;
    const { type, job, at } = happening;
    const id = `evt_${job.id}_${type.replace('.', '_')}_${at.getTime().toString(36)}`;
    const { eventHooks } = this.parts.database.stores;
    if ((await eventHooks.note(job.owner, { id, type, at, data })) > 0) this.parts.sending.nudge();
  }
}

/** `null`: nothing has ended. */
function happeningIn(notification: Notification): Happening | null {
  switch (notification.kind) {
    case 'result': {
      const { generation: job } = notification;
      return { type: 'generation.done', job, at: job.collectedAt };
    }
    case 'ended': {
      const { generation: job } = notification;
      return { type: `generation.${job.status}`, job, at: job.endedAt };
    }
    case 'avatar-ready': {
      const { training: job } = notification;
      return { type: 'training.ready', job, at: job.readyAt };
    }
    case 'training-ended': {
      const { training: job } = notification;
      return { type: `training.${job.status}`, job, at: job.endedAt };
    }
    case 'progress':
    case 'training-waits':
    case 'training-progress':
    case 'proof-sheet':
    case 'draft-expiring':
      return null;
    default:
      return notification satisfies never;
  }
}
