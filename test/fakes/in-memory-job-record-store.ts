import type {
  HeardEvent,
  JobRecord,
  JobRecordStore,
} from '../../src/application/ports/stores/operator/job-record-store.js';
import { type Generation, ledgerReference, referenceOf } from '../../src/domain/generation/generation.js';
import type { GenerationId, TrainingId } from '../../src/domain/ids.js';
import { type Training, trainingAccount, trainingReference } from '../../src/domain/training/training.js';
import type { JobRow } from './in-memory-leased-store.js';
import type { Access, State } from './in-memory-state.js';

export class InMemoryJobRecordStore implements JobRecordStore {
  constructor(private readonly access: Access) {}

  ofGeneration(id: GenerationId): Promise<JobRecord<Generation> | null> {
    return this.access((state) => {
      const row = state.generations.get(id);
      if (row === undefined) return null;
      const { job } = row;
      const runs = Array.from({ length: job.run + 1 }, (_, run) => ledgerReference({ ...job, run }));
      const kept = state.bot.jobMessages.get(id);
      const { source, takenAt } = state.bot.followUps.get(id) ?? {};
      return {
        ...stepsOf(row),
        entries: entriesOf(state, runs),
        events: eventsOf(state, job.submits, (call) => referenceOf(job, call)),
        images: state.images
          .filter(({ generation }) => generation === id)
          .sort((one, other) => one.position - other.position)
          .map((image) => ({ ...image, deletedAt: state.bot.deleted.get(image.id) ?? null })),
        message:
          kept === undefined
            ? null
            : { source: kept.message.source, shownAt: kept.shownAt, draftedAt: kept.message.draftedAt },
        followUp: source === undefined || takenAt === undefined ? null : { source, takenAt },
      };
    });
  }

  ofTraining(id: TrainingId): Promise<JobRecord<Training> | null> {
    return this.access((state) => {
      const row = state.training.rows.get(id);
      if (row === undefined) return null;
      const { job } = row;
      return {
        ...stepsOf(row),
        entries: entriesOf(state, [trainingAccount(job)]),
        events: eventsOf(state, job.submits, (call) => trainingReference(job, call)),
        images: [],
        message: null,
        followUp: null,
      };
    });
  }
}

const stepsOf = <Job>({ job, tries, error, deadAt, lease }: JobRow<Job, unknown>) => ({
  job,
  tries,
  lastError: error,
  deadAt,
  holder: lease?.owner ?? null,
});

const entriesOf = ({ entries }: State, accounts: readonly string[]) =>
  entries.filter(({ kind, reason }) => accounts.includes(reason.slice(kind.length + 1)));

function eventsOf(
  { webhookInbox }: State,
  submits: number,
  reference: (call: number) => string,
): HeardEvent[] {
  const references = Array.from({ length: submits }, (_, index) => reference(index + 1));
  return [...webhookInbox.values()]
    .filter(({ event }) => references.includes(event.reference))
    .sort((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime())
    .map(({ event, receivedAt }) => ({ ...event, outcome: event.outcome?.kind ?? null, receivedAt }));
}
