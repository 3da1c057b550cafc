import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestFolder } from './request-folder.js';
import { endOf, type RequestRecord, stageOf } from './request-record.js';

/** How soon new log lines and a cancellation, also by another process, are noticed at the latest. */
const longestWait = 100;

/** Milliseconds until something about the request may be new, at most 100. */
export function waitFor(record: RequestRecord, now: number): number {
  const next = now < record.startAt ? record.startAt : endOf(record);
  return next === null ? longestWait : Math.min(longestWait, Math.max(1, next - now));
}

/** @returns the request as it ended; `undefined` when whoever waits is gone */
export async function untilEnded(
  begun: RequestRecord,
  folder: RequestFolder,
  now: () => number,
  signal: AbortSignal,
): Promise<RequestRecord | undefined> {
  let record = begun;
  while (stageOf(record, now()) !== 'COMPLETED') {
    if (signal.aborted) return undefined;
    await sleep(waitFor(record, now()));
    record = folder.read(record.id) ?? record;
  }
  return record;
}
