import { DomainError } from '../../../domain/errors.js';
import { secondsAfter } from '../../../domain/time.js';
import type { Asker } from '../../input/request-context.js';
import type { Needs } from '../../ports/needs.js';
import type { Begun, KeptAnswer } from '../../ports/stores/api/api-request-store.js';

/** No request of ours takes longer; whoever died at one has to be waited for. */
const longestSeconds = 60;

/** `isRepeated`: nothing was done this time. */
export type AnsweredOnce =
  | { readonly kind: 'answered'; readonly answer: KeptAnswer; readonly isRepeated: boolean }
  | Extract<Begun, { kind: 'running' | 'different' }>;

/**
 * Does what was asked under a name of its sender's once, and gives the same answer for a day.
 *
 * The row keeps answers. That nobody pays twice is the affair of the request key that it hands out: it stands in the
 * transaction that accepts the work, so a process that dies between the two leaves nothing to be doubled.
 */
export class AnswerOnce {
  constructor(private readonly parts: Needs<'apiRequests', 'clock' | 'ids' | 'log'>) {}

  /**
   * @param asked its name, and a digest of its content
   * @param work is given the key for what it accepts. What it throws is not kept: it may be asked again.
   */
  async execute(
    asked: { readonly value: string; readonly digest: string },
    { owner }: Asker,
    work: (requestKey: string) => Promise<KeptAnswer>,
  ): Promise<AnsweredOnce> {
    const { database, clock, ids, log } = this.parts;
    const { apiRequests } = database.stores;
    const now = clock.now();
    const until = secondsAfter(now, longestSeconds);
    const begun = await apiRequests.begin({ ...asked, id: ids.uuid(), owner, now, until });
    if (begun.kind === 'answered') return { ...begun, isRepeated: true };
    if (begun.kind !== 'begun') return begun;
    const answer = await work(`api:${begun.id}`).catch(async (error: unknown) => {
      // A refusal leaves nothing behind, so the name may serve for a mended request. After a fault nobody knows.
      const isUndone = begun.isNew && error instanceof DomainError;
      await (isUndone ? apiRequests.remove(begun.id) : apiRequests.free(begun.id, clock.now())).catch(
        (cause: unknown) => log.warn('a request of the API is held for a minute', { error: cause }),
      );
      throw error;
    });
    // Done is done: whoever asks again gets to the same work by its key.
    await apiRequests
      .answer(begun.id, answer)
      .catch((error: unknown) => log.warn('an answer of the API was not kept', { error }));
    return { kind: 'answered', answer, isRepeated: false };
  }
}
