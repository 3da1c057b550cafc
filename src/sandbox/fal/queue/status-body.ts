import { logsUntil } from './job-logs.js';
import {
  applicationOf,
  endOf,
  isJobError,
  outcomeOf,
  type RequestRecord,
  stageOf,
} from './request-record.js';

/** Where a request can be asked about, below `queueUrl`, as fal's submit answers it. */
export function requestUrls(record: RequestRecord, queueUrl: string) {
  const base = `${queueUrl}/${applicationOf(record.endpoint)}/requests/${record.id}`;
  return { response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
}

/**
 * The body of a status. There is no FAILED: a failed job reads COMPLETED, and only a failure of the platform
 * (not of the model) shows here, as `error` and `error_type`.
 */
export function statusBody(
  record: RequestRecord,
  at: { now: number; queueUrl: string; ahead: number; withLogs: boolean },
): Record<string, unknown> {
  const stage = stageOf(record, at.now);
  const common = { status: stage, request_id: record.id, ...requestUrls(record, at.queueUrl) };
  if (stage === 'IN_QUEUE') return { ...common, queue_position: at.ahead, logs: null };
  const logs = at.withLogs ? logsUntil(record, at.now) : null;
  if (stage === 'IN_PROGRESS') return { ...common, logs, metrics: {} };
  const seconds = Math.max(0, ((endOf(record) ?? at.now) - record.startAt) / 1000);
  const outcome = outcomeOf(record);
  return {
    ...common,
    logs,
    metrics: { inference_time: seconds },
    ...(isJobError(outcome) && outcome.kind === 'infrastructure-error'
      ? { error: outcome.detail, error_type: outcome.errorType }
      : {}),
  };
}
