import type { Clock } from '../../../src/application/ports/clock.js';
import type { EndpointStatusStore } from '../../../src/application/ports/stores/jobs/endpoint-status-store.js';
import { secondsAfter } from '../../../src/domain/time.js';

/** The preset that a style has with nothing to stand in for it is away for an hour. */
export async function retireUltra(endpoints: EndpointStatusStore, clock: Pick<Clock, 'now'>): Promise<void> {
  const since = clock.now();
  const retirement = { since, tries: 1, nextTryAt: secondsAfter(since, 3600) };
  await endpoints.retire('fal-ai/flux-pro/v1.1-ultra-finetuned', retirement);
}
