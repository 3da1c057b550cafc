import { referenceOf } from '../../domain/generation/generation.js';
import { submitted } from '../../domain/generation/generation-transitions.js';
import { type GenerationId, generationId, type TrainingId, trainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { trainingReference } from '../../domain/training/training.js';
import { trainingBegun } from '../../domain/training/training-transitions.js';
import type { Needs } from '../ports/needs.js';
import type { ProviderEvent } from '../ports/provider-webhooks.js';
import type { Stores } from '../ports/stores/stores.js';

type Touched = 'generations' | 'jobs' | 'trainings' | 'webhookInbox';

/**
 * Keeps verified events of the provider until their job has use for them. The same event twice has one effect.
 * False for an event that claims to be about a submit of ours whose ticket is another: nobody but the provider should
 * know the address it came to, so it is refused and changes nothing.
 */
export class ReceiveWebhook {
  constructor(private readonly parts: Needs<Touched, 'clock' | 'log'>) {}

  async execute(event: ProviderEvent): Promise<boolean> {
    const [kind, id = ''] = event.reference.split(':');
    switch (id === '' ? '' : kind) {
      case 'generation':
        return this.parts.database.transaction((stores) =>
          this.keepForGeneration(stores, generationId(id), event),
        );
      case 'training':
        return this.parts.database.transaction((stores) =>
          this.keepForTraining(stores, trainingId(id), event),
        );
      default:
        this.parts.log.warn('a webhook for something unknown', { reference: event.reference });
        return false;
    }
  }

  private async keepForGeneration(
    stores: Pick<Stores, Touched>,
    id: GenerationId,
    event: ProviderEvent,
  ): Promise<boolean> {
    // Locked, so that a submit that writes its ticket at this moment either sees the event or is seen by it.
    const state = await stores.generations.lock(id);
    if (state === null) return false;
    // What was bought twice has two tickets, and may have taken the one that came first.
    if (state.doubts === 0 && referenceOf(state) === event.reference && hasOtherTicket(state, event))
      return false;
    const now = this.parts.clock.now();
    if (!(await stores.webhookInbox.add(event, now))) return true;
    // Who submits may be paused, or dead: the event names the submit, so its ticket need not be waited for.
    if (state.status === 'submitting' && referenceOf(state) === event.reference)
      await stores.generations.save(
        submitted(state, event.ticket, now).next,
        preconditionOf(state),
        soon(now),
      );
    else if (state.status === 'submitting' && state.ambiguousAt !== null)
      await stores.jobs.add({ task: 'resolve-submit', generation: id });
    if (
      state.status === 'submitted' ||
      (state.status === 'submitting' && referenceOf(state) === event.reference)
    )
      await stores.jobs.add({ task: 'collect', generation: id });
    return true;
  }

  private async keepForTraining(
    stores: Pick<Stores, Touched>,
    id: TrainingId,
    event: ProviderEvent,
  ): Promise<boolean> {
    const state = await stores.trainings.lock(id);
    if (state === null || hasOtherTicket(state, event)) return false;
    const now = this.parts.clock.now();
    if (!(await stores.webhookInbox.add(event, now))) return true;
    if (state.status === 'submitting' && trainingReference(state) === event.reference)
      await stores.trainings.save(
        trainingBegun(state, event.ticket, now).next,
        preconditionOf(state),
        soon(now),
      );
    else if (state.status === 'submitting' && state.ambiguousAt !== null)
      await stores.jobs.add({ task: 'resolve-training', training: id });
    if (state.status === 'training' || state.status === 'submitting')
      await stores.jobs.add({ task: 'collect-training', training: id });
    return true;
  }
}

const preconditionOf = <Status>({
  status,
  submits,
}: {
  readonly status: Status;
  readonly submits: number;
}) => ({
  status,
  submits,
});

const soon = (now: Date) => ({ checkAfter: secondsAfter(now, 10) });

const hasOtherTicket = (state: object, { ticket }: ProviderEvent): boolean =>
  'ticket' in state && state.ticket !== null && state.ticket !== ticket;
