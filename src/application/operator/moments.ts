import type { Generation } from '../../domain/generation/generation.js';
import { imagesOrdered } from '../../domain/generation/generation.js';
import { statusWord, type Training } from '../../domain/training/training.js';
import type { JobRecord } from '../ports/stores/operator/job-record-store.js';

type Fact = string | number | boolean | Date | null;

/** Something that a row tells of a job, and when it was. */
export interface Moment {
  readonly at: Date;
  /** One word or few, always the same for the same thing. */
  readonly what: string;
  readonly facts: Readonly<Record<string, Fact>>;
}

/** Everything that the rows tell, in the order of time. Moments that were written over since are in no row, and not here. */
export function momentsOf(record: JobRecord<Generation | Training>): Moment[] {
  const { job, entries, events, images, message, followUp, deadAt } = record;
  const moments = [
    moment('accepted', job.createdAt, orderOf(job)),
    ...entries.map(({ kind, amount, reason, at }) => moment(kind, at, { credits: amount, reason })),
    ...ofState(job),
    ...events.map(({ requestId, reference, outcome, receivedAt }) =>
      moment('webhook', receivedAt, { call: callOf(reference), request: requestId, outcome }),
    ),
    ...images.flatMap(({ position, width, height, bytes, createdAt, deletedAt }) => [
      moment('image', createdAt, { position, width, height, bytes }),
      moment('image deleted', deletedAt, { position }),
    ]),
    moment('progress shown', message?.shownAt, { by: message?.source ?? null }),
    moment('draft shown', message?.draftedAt, { by: message?.source ?? null }),
    moment('follow-up taken', followUp?.takenAt, { by: followUp?.source ?? null }),
    moment('given up', deadAt),
  ].flat();
  // What is of the same moment stays in the order in which it is told above.
  return moments.sort((one, other) => one.at.getTime() - other.at.getTime());
}

const orderOf = (job: Generation | Training) =>
  'run' in job
    ? { images: imagesOrdered(job.order), price: job.price, way: job.origin.transport }
    : { speed: job.speed, price: job.price, free: job.isFree, way: job.origin.transport };

/** What the state of a job keeps of its way there. */
function ofState(job: Generation | Training): Moment[] {
  switch (job.status) {
    case 'accepted':
      return moment('waits until', job.notBefore);
    case 'submitting':
      return [
        ...moment('submitting', job.startedAt, { call: job.submits }),
        ...moment('in doubt', job.ambiguousAt),
      ];
    case 'submitted':
    case 'training':
      return moment(job.status, job.submittedAt, { call: job.submits, ticket: job.ticket });
    case 'collected':
    case 'delivered':
      return [
        ...moment('submitted', job.submittedAt, { call: job.submits, ticket: job.ticket }),
        ...moment('collected', job.collectedAt, { images: job.imageCount, withheld: job.flagged }),
        ...(job.status === 'delivered' ? moment('delivered', job.deliveredAt) : []),
      ];
    case 'ready':
      return [
        ...moment('training', job.submittedAt, { call: job.submits, ticket: job.ticket }),
        ...moment('ready', job.readyAt, { bytes: job.weights.bytes }),
        ...moment('told', job.announcedAt),
        ...(job.proof.status === 'composed' ? moment('proof sheet shown', job.proof.announcedAt) : []),
      ];
    case 'failed':
      return [
        ...moment('failed', job.endedAt, {
          kind: job.failure.kind,
          detail: job.failure.detail,
          ticket: job.ticket,
        }),
        ...moment('told', job.announcedAt),
      ];
    case 'blocked':
    case 'cancelled':
      return [...moment(job.status, job.endedAt, { ticket: job.ticket }), ...moment('told', job.announcedAt)];
    default:
      return job satisfies never;
  }
}

const moment = (what: string, at: Date | null | undefined, facts: Moment['facts'] = {}): Moment[] =>
  at == null ? [] : [{ at, what, facts }];

/** Its last part: which call of the job it answers. */
const callOf = (reference: string): number => Number(reference.split(':').at(-1));

/** How a job stands now. */
export interface JobNow {
  readonly id: string;
  readonly user: string;
  readonly state: string;
  readonly endpoint: string;
  /** Calls to the provider that were begun, and how many of them for the current order ended in doubt. */
  readonly calls: number;
  readonly doubts: number;
  /** How often it was started over by the operator, and sent again with another order; `null` for trainings. */
  readonly run: number | null;
  readonly rerolls: number | null;
  readonly fetchFailures: number;
  readonly tries: number;
  readonly lastError: string | null;
  readonly worker: string | null;
}

export const nowOf = ({ job, tries, lastError, holder }: JobRecord<Generation | Training>): JobNow => ({
  id: job.id,
  user: job.owner,
  state: 'run' in job ? job.status : statusWord(job.status),
  endpoint: job.order.endpoint,
  calls: job.submits,
  doubts: job.doubts,
  run: 'run' in job ? job.run : null,
  rerolls: 'run' in job ? job.rerolls : null,
  fetchFailures: 'fetchFailures' in job ? job.fetchFailures : 0,
  tries,
  lastError,
  worker: holder,
});
