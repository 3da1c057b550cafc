import type { HookEvent } from '../../domain/hooks/event-hook.js';
import type { UserId } from '../../domain/ids.js';
import type { Needs } from '../ports/needs.js';
import type { SendEvents } from './send-events.js';

/** What became of a job, as its row says it: asked twice, this is the same. */
export interface JobNews {
  readonly owner: UserId;
  readonly type: HookEvent;
  /** The id of the job. */
  readonly job: string;
  /** When it came out so: a job that is tried once more may come out the same way again. */
  readonly at: Date;
  /** What a program gets to see of it. */
  readonly data: Readonly<Record<string, unknown>>;
}

type Parts = Needs<'eventHooks'> & { readonly sending: Pick<SendEvents, 'nudge'> };

/** Notes what became of a job for each hook that wants to hear of it, once, however often it is called. */
export class NoteEvent {
  constructor(private readonly parts: Parts) {}

  async execute({ owner, type, job, at, data }: JobNews): Promise<void> {
    const { database, sending } = this.parts;
    const id = `evt_${job}_${type.replace('.', '_')}_${at.getTime().toString(36)}`;
    const noted = await database.stores.eventHooks.note(owner, { id, type, at, data });
    if (noted > 0) sending.nudge();
  }
}
