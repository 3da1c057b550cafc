import { endOf, type RequestRecord } from './request-record.js';

/** A line as fal shows it in a status that was asked for with `logs=1`. */
export interface LogEntry {
  readonly message: string;
  readonly level: 'INFO';
  readonly source: 'USER';
  readonly timestamp: string;
}

const stepLines = 40;

/** The lines written up to `now`, oldest first. They follow from the request and the clock alone. */
export function logsUntil(record: RequestRecord, now: number): LogEntry[] {
  if (now < record.startAt) return [];
  const end = record.endAt ?? record.startAt + 60_000;
  const until = Math.min(now, endOf(record) ?? now);
  const { outcome } = record;
  const steps = outcome.kind === 'weights' ? outcome.steps : imageSteps(record.input);
  const lines = Math.min(steps, stepLines);
  const entries = [entry('Preparing the sandbox (nothing is sent to fal.ai)', record.startAt)];
  for (let line = 1; line <= lines; line += 1) {
    const at = record.startAt + ((end - record.startAt) * line) / (lines + 1);
    if (at > until) return entries;
    entries.push(entry(`step ${Math.round((steps * line) / lines)}/${steps}`, at));
  }
  if (until >= end) entries.push(entry('Finished', end));
  return entries;
}

function imageSteps(input: Readonly<Record<string, unknown>>): number {
  return typeof input.num_inference_steps === 'number' ? Math.max(1, input.num_inference_steps) : 4;
}

function entry(message: string, at: number): LogEntry {
  return { message, level: 'INFO', source: 'USER', timestamp: new Date(at).toISOString() };
}
