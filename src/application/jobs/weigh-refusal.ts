import { isGone, nextTryOf, retirement } from '../../domain/generation/endpoint-refusals.js';
import type { Stores } from '../ports/stores/stores.js';

/** Where files are put for the provider. It can be in trouble like an endpoint, and is never taken for gone. */
export const uploads = 'storage/upload';

/** What a refusal means. */
export interface Weighed {
  /** How often this job was refused. */
  readonly ofJob: number;
  /** When it is tried again; `null` when it has waited long enough. */
  readonly again: Date | null;
  /** Nothing new goes to this endpoint for a while. */
  readonly isRetired: boolean;
  /** The operator has not been told. */
  readonly isNew: boolean;
}

/** An endpoint has answered as if it did not exist. To be called in the transaction that writes what becomes of the job. */
export async function weighRefusal(
  { endpoints }: Pick<Stores, 'endpoints'>,
  { endpoint, job }: { readonly endpoint: string; readonly job: string },
  now: Date,
): Promise<Weighed> {
  const refusals = await endpoints.noteRefusal(endpoint, job, now);
  const earlier = await endpoints.retirementOf(endpoint);
  const isRetired = earlier !== null || isGone(refusals, now);
  const isNew = isRetired && (await endpoints.retire(endpoint, retirement(earlier, now)));
  return { ofJob: refusals.ofJob, again: nextTryOf(refusals, now), isRetired, isNew };
}

/** When an upload that failed is tried again; `null` when the job has waited long enough for it. */
export async function weighFailedUpload(
  { endpoints }: Pick<Stores, 'endpoints'>,
  job: string,
  now: Date,
): Promise<Date | null> {
  return nextTryOf(await endpoints.noteRefusal(uploads, job, now), now);
}
