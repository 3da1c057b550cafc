import type { WordCategory } from '../../domain/text/word-lists.js';

/** The assistant could not help; the person's own words are as good as before. */
export class NoAssistance extends Error {
  override readonly name = 'NoAssistance';
}

/** Helps with words. Slow and fallible: nothing waits for it, nothing depends on it. */
export interface PromptAssistant {
  /**
   * `translate`: into English, nothing added. `enrich`: the same, with light, mood and detail.
   * @throws NoAssistance
   */
  improve(prompt: string, how: 'translate' | 'enrich', signal: AbortSignal): Promise<string>;
  /** What is to be seen in a photo, as a prompt in English. @throws NoAssistance */
  describe(photo: Uint8Array, contentType: string, signal: AbortSignal): Promise<string>;
}

/** Understands what the words of a prompt are about, also where no list of words would. As slow and fallible. */
export interface WordJudge {
  /** Which of these it is about. @throws NoAssistance */
  judge(
    prompt: string,
    categories: readonly WordCategory[],
    signal: AbortSignal,
  ): Promise<readonly WordCategory[]>;
}
