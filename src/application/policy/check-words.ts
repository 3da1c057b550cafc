import { DomainError } from '../../domain/errors.js';
import type { WordFinder } from '../../domain/text/doubtful-words.js';
import { type WordCategory, wordCategories } from '../../domain/text/word-lists.js';
import type { Ports } from '../ports/needs.js';
import { NoAssistance, type WordJudge } from '../ports/prompt-assistant.js';

/** What the operator has decided about the words of a prompt. */
export interface WordRules {
  /** What the lists find. */
  readonly find: WordFinder;
  /** What a language model is asked about as well; nothing: it is not asked. */
  readonly judged: readonly WordCategory[];
  /** What of it is refused; about all else its owner is asked. */
  readonly refused: ReadonlySet<WordCategory>;
}

type Parts = Pick<Ports, 'log'> & {
  /** `null`: words are not looked at. */
  readonly wordRules: WordRules | null;
  readonly wordJudge: WordJudge;
  /** For so long the language model may take; 4000. */
  readonly patienceMilliseconds?: number;
};

/** So many judgements are remembered: whoever is asked about a price orders the same words a moment later. */
const remembered = 200;

/** Looks at the words of a prompt before anything is charged. */
export class CheckWords {
  private readonly judgements = new Map<string, readonly WordCategory[]>();

  constructor(private readonly parts: Parts) {}

  /**
   * `sure`: whoever asks was asked about these words, or cannot be.
   * @throws DomainError `words_refused`, `words_doubted`
   */
  async execute(prompt: string, { sure = false }: { readonly sure?: boolean | undefined }): Promise<void> {
    const { wordRules, log } = this.parts;
    if (wordRules === null) return;
    const isRefused = (category: WordCategory) => wordRules.refused.has(category);
    const listed = wordRules.find(prompt);
    const matters = sure ? wordRules.judged.some(isRefused) : wordRules.judged.length > 0;
    const judged = matters && !listed.some(isRefused) ? await this.judge(prompt, wordRules) : [];
    const categories = wordCategories.filter((each) => listed.includes(each) || judged.includes(each));
    const refused = categories.find(isRefused);
    const doubted = sure ? undefined : categories[0];
    // What they are about, never the words.
    if (refused !== undefined || doubted !== undefined)
      log.info(refused === undefined ? 'asked about words' : 'refused words', { categories });
    if (refused !== undefined) throw new DomainError({ code: 'words_refused', category: refused });
    if (doubted !== undefined) throw new DomainError({ code: 'words_doubted', category: doubted });
  }

  /** Nothing where the model does not answer in time: an order does not wait for it. */
  private async judge(prompt: string, { judged }: WordRules): Promise<readonly WordCategory[]> {
    const known = this.judgements.get(prompt);
    if (known !== undefined) return known;
    const { wordJudge, log, patienceMilliseconds = 4000 } = this.parts;
    try {
      const found = await wordJudge.judge(prompt, judged, AbortSignal.timeout(patienceMilliseconds));
      this.judgements.set(prompt, found);
      const [oldest] = this.judgements.keys();
      if (oldest !== undefined && this.judgements.size > remembered) this.judgements.delete(oldest);
      return found;
    } catch (error) {
      if (!(error instanceof NoAssistance)) throw error;
      log.warn('no language model has judged these words: the order goes on', { error });
      return [];
    }
  }
}
