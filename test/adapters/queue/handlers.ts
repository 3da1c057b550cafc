import type { Job, JobHandlers } from '../../../src/application/ports/stores/jobs/job-queue.js';

/** Does the same for every kind of job. */
export const handlersOf = (handle: (job: Job) => Promise<unknown>): JobHandlers => ({
  'submit-next': handle,
  'resolve-submit': handle,
  collect: handle,
  deliver: handle,
  'cancel-at-provider': handle,
  'submit-training': handle,
  'resolve-training': handle,
  'collect-training': handle,
  'deliver-training': handle,
  'make-proof': handle,
  'keep-weights': handle,
  'cancel-training-at-provider': handle,
});
