import type { UserId } from '../../../../domain/ids.js';
import type { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** What operators are asked to write, beside whom or what it is about. */
const topics = ['find', 'give', 'take', 'limit', 'message', 'why', 'promo', 'settle', 'confirm'] as const;
export type Topic = (typeof topics)[number];

/** Names a payment beside its person. */
export const aboutPayment = (user: UserId, payment: string): string => `${user}/${payment}`;

/** The subject of such a question. */
export const operatorQuestion = (topic: Topic, about = '') => ({
  kind: 'operator' as const,
  subject: `${topic} ${about}`.trim(),
});

export function readOperatorQuestion(subject: string): { readonly topic: Topic; readonly about: string } {
  const [word = '', about = ''] = subject.split(' ');
  return { topic: topics.find((topic) => topic === word) ?? 'find', about };
}

export const operatorQuestionText = (subject: string, texts: Translator): Html =>
  texts.html(`operator-say-${readOperatorQuestion(subject).topic}`);
