import { withDeadline } from '../policy/with-deadline.js';
import type { Logger } from '../ports/logger.js';
import { NoAssistance } from '../ports/prompt-assistant.js';
import type { GenerationForm } from '../ports/stores/form-store.js';

/** For so long the language model may take. The person may go on without it at any time. */
const patienceMilliseconds = 45_000;

/** Help that is allowed and counted, and has not begun yet: it may take its time. */
export interface Assistance {
  /** The form before it. */
  readonly form: GenerationForm;
  /** Asks for it. Resolves to the form after it, also when none was to be had. */
  readonly begin: (signal: AbortSignal) => Promise<GenerationForm>;
}

/** What the language model answers; `null` when it cannot help: the person's own words are as good. */
export async function answerOf(
  log: Logger,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<string>,
): Promise<string | null> {
  try {
    return await withDeadline(patienceMilliseconds, signal, ask);
  } catch (error) {
    if (!(error instanceof NoAssistance)) throw error;
    log.warn('no help with a prompt', { error });
    return null;
  }
}
