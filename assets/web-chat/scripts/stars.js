import { element } from './element.js';
import { icon } from './icons.js';

/** The large Star at the top of whatever is about money. */
export const starMark = () => element('div', { class: 'pay-star' }, icon('star'));

/** What something costs: a Star and a number, or words; every month where it is a subscription. */
export function priceOf({ currency, total_amount: amount, isMonthly }, words, { isShort = false } = {}) {
  const isStars = currency === 'XTR';
  const money = !isStars ? `${amount} ${currency}` : isShort ? String(amount) : words.stars(amount);
  return [
    isStars ? icon('star') : undefined,
    element('span', {}, isMonthly ? words.aMonth(money) : money),
  ].filter((part) => part !== undefined);
}

/** A label in which clients draw a Star. */
export const withStars = (text) =>
  text.split('⭐').flatMap((part, index) => (index === 0 ? [part] : [icon('star'), part]));
