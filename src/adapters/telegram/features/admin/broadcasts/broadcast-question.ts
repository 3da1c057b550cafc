import type { Html } from '../../../wording/html.js';
import { type Language, languages, type Translator } from '../../../wording/translator.js';

/** A text for those who read another language, beside the one that was written first. */
export interface Beside {
  readonly language: Language;
  readonly intent: string;
  /** The message that asked whether the first one is to be sent. */
  readonly card: number;
}

/** What an operator is asked to write: to everybody, or beside that. */
export const broadcastQuestion = (beside?: Beside) => ({
  kind: 'broadcast' as const,
  subject: beside === undefined ? '' : `${beside.language} ${beside.intent} ${beside.card}`,
});

/** `null`: it is the first one. */
export function readBroadcastQuestion(subject: string): Beside | null {
  const [word, intent = '', card] = subject.split(' ');
  const language = languages.find((each) => each === word);
  return language === undefined ? null : { language, intent, card: Number(card) };
}

export function broadcastQuestionText(subject: string, texts: Translator): Html {
  const beside = readBroadcastQuestion(subject);
  return beside === null ? texts.html('broadcast-say') : texts.html(`broadcast-say-${beside.language}`);
}
