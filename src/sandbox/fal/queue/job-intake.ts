import { randomUUID } from 'node:crypto';
import type { Endpoint, Input, PreparationTools } from '../endpoints/endpoint.js';
import { infrastructureError, invalidInput, type JobError, modelError } from '../fal-error.js';
import type { JobFault } from '../faults/fault-rule.js';
import type { FaultScript } from '../faults/fault-script.js';
import { lifetimeOf } from '../storage/object-lifecycle.js';
import type { RequestFolder } from './request-folder.js';
import { endOf, type JobOutcome, type RequestRecord, stageOf } from './request-record.js';
import type { Slots } from './slots.js';

export interface SubmittedJob {
  readonly input: Input;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly webhookUrl?: string;
}

export interface IntakeSettings {
  readonly milliseconds: Readonly<Record<Endpoint['work'], number>>;
  readonly now: () => number;
  readonly random: () => number;
}

/** Takes jobs and cancels them. All that will happen to a job is decided and written down when it is taken. */
export class JobIntake {
  constructor(
    private readonly folder: RequestFolder,
    private readonly slots: Slots,
    private readonly faults: FaultScript,
    private readonly sources: Pick<PreparationTools, 'files' | 'inputs'>,
    private readonly settings: IntakeSettings,
  ) {}

  async take(endpoint: Endpoint, job: SubmittedJob): Promise<RequestRecord> {
    const id = randomUUID();
    const { prompt } = job.input;
    const fault = this.faults.strike('job', {
      endpoint: endpoint.name,
      requestId: id,
      work: endpoint.work,
      ...(typeof prompt === 'string' ? { prompt } : {}),
    });
    const outcome = await this.#decide(endpoint, job, id, fault);
    const record = this.#plan(endpoint, { ...job, id, outcome }, fault);
    this.folder.write(record);
    return record;
  }

  /** @returns the record as it stands now; `undefined` when the job had ended already */
  cancel(record: RequestRecord): RequestRecord | undefined {
    const now = this.settings.now();
    if (stageOf(record, now) === 'COMPLETED') return undefined;
    const cancelled = { ...record, cancelledAt: now };
    this.folder.write(cancelled);
    this.slots.release(endOf(record) ?? 0, now);
    return cancelled;
  }

  async #decide(
    endpoint: Endpoint,
    { input }: SubmittedJob,
    requestId: string,
    fault: JobFault | undefined,
  ): Promise<JobOutcome> {
    if (this.faults.retirement(endpoint.name) === 'result') {
      const path = endpoint.name.split('/').slice(2).join('/');
      return { kind: 'model-error', status: 404, detail: `Path /${path} not found` };
    }
    const scripted = fault === undefined ? undefined : scriptedError(fault);
    if (scripted !== undefined) return scripted;
    const wrong = endpoint.check(input);
    if (wrong.length > 0) return invalidInput(wrong);
    const outcome = await endpoint.prepare(input, {
      ...this.sources,
      requestId,
      random: this.settings.random,
    });
    if (outcome.kind !== 'pictures') return outcome;
    if (fault?.kind === 'odd-flags') return { ...outcome, oddFlags: fault.flags };
    return fault?.kind === 'blocked' ? { ...outcome, flagged: outcome.flagged.map(() => true) } : outcome;
  }

  #plan(
    endpoint: Endpoint,
    job: SubmittedJob & { id: string; outcome: JobOutcome },
    fault: JobFault | undefined,
  ): RequestRecord {
    const submittedAt = this.settings.now();
    const extra = fault?.kind === 'slow' ? fault.milliseconds : 0;
    const { startAt, endAt } = this.slots.reserve(
      submittedAt,
      this.settings.milliseconds[endpoint.work] + extra,
    );
    const startTimeout = Number(job.headers['x-fal-request-timeout'] ?? Number.NaN) * 1000;
    const tooLate = startAt - submittedAt > startTimeout;
    if (tooLate) this.slots.release(endAt, submittedAt);
    const lifetime = lifetimeOf(job.headers['x-fal-object-lifecycle-preference']);
    return {
      id: job.id,
      endpoint: endpoint.name,
      input: job.input,
      headers: job.headers,
      submittedAt,
      startAt: tooLate ? submittedAt + startTimeout : startAt,
      endAt: tooLate ? submittedAt + startTimeout : fault?.kind === 'hang' ? null : endAt,
      outcome: tooLate
        ? infrastructureError(504, 'startup_timeout', 'The request did not start in time')
        : job.outcome,
      ...(job.webhookUrl === undefined ? {} : { webhookUrl: job.webhookUrl }),
      ...(lifetime === undefined ? {} : { filesLiveMilliseconds: lifetime }),
    };
  }
}

function scriptedError(fault: JobFault): JobError | undefined {
  switch (fault.kind) {
    case 'fail':
      return modelError(fault.type, fault.message ?? 'Scripted failure of the model', ['body'], fault.status);
    case 'break':
      return infrastructureError(
        fault.status,
        fault.errorType,
        fault.message ?? 'Scripted failure of the platform',
      );
    default:
      return undefined;
  }
}
