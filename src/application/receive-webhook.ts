import { generationId } from '../domain/ids.js';
import type { Clock } from './ports/clock.js';
import type { Logger } from './ports/logger.js';
import type { ProviderNews } from './ports/provider-webhooks.js';
import type { Database } from './ports/stores/stores.js';

/** Keeps verified news of the provider until its job has use for it. The same news twice has one effect. */
export class ReceiveWebhook {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  async execute(news: ProviderNews): Promise<void> {
    const [kind, id] = news.reference.split(':');
    if (kind !== 'generation' || id === undefined) {
      this.log.warn('a webhook for something unknown', { reference: news.reference });
      return;
    }
    await this.database.transaction(async (stores) => {
      // Locked, so that a submit that writes its ticket at this moment either sees the news or is seen by it.
      const state = await stores.generations.lock(generationId(id));
      if (state === null || !(await stores.receipts.add(news, this.clock.now()))) return;
      if (state.status === 'submitted') await stores.jobs.add({ task: 'collect', generation: state.id });
      if (state.status === 'submitting' && state.ambiguousAt !== null)
        await stores.jobs.add({ task: 'resolve-submit', generation: state.id });
    });
  }
}
