import { type GenerationId, generationId, type TrainingId, trainingId } from '../domain/ids.js';
import type { Clock } from './ports/clock.js';
import type { Logger } from './ports/logger.js';
import type { ProviderNews } from './ports/provider-webhooks.js';
import type { Database, Stores } from './ports/stores/stores.js';

/** Keeps verified news of the provider until its job has use for it. The same news twice has one effect. */
export class ReceiveWebhook {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  async execute(news: ProviderNews): Promise<void> {
    const [kind, id = ''] = news.reference.split(':');
    switch (id === '' ? '' : kind) {
      case 'generation':
        return this.database.transaction((stores) => this.keepForGeneration(stores, generationId(id), news));
      case 'training':
        return this.database.transaction((stores) => this.keepForTraining(stores, trainingId(id), news));
      default:
        this.log.warn('a webhook for something unknown', { reference: news.reference });
    }
  }

  private async keepForGeneration(stores: Stores, id: GenerationId, news: ProviderNews): Promise<void> {
    // Locked, so that a submit that writes its ticket at this moment either sees the news or is seen by it.
    const state = await stores.generations.lock(id);
    if (state === null || !(await stores.receipts.add(news, this.clock.now()))) return;
    if (state.status === 'submitted') await stores.jobs.add({ task: 'collect', generation: id });
    if (state.status === 'submitting' && state.ambiguousAt !== null)
      await stores.jobs.add({ task: 'resolve-submit', generation: id });
  }

  private async keepForTraining(stores: Stores, id: TrainingId, news: ProviderNews): Promise<void> {
    const state = await stores.trainings.lock(id);
    if (state === null || !(await stores.receipts.add(news, this.clock.now()))) return;
    if (state.status === 'training') await stores.jobs.add({ task: 'collect-training', training: id });
    if (state.status === 'submitting' && state.ambiguousAt !== null)
      await stores.jobs.add({ task: 'resolve-training', training: id });
  }
}
