import type { MoneyChannel, MoneyNotification } from '../../src/application/ports/money/money-channel.js';
import type { DeliveryReport } from '../../src/application/ports/transport.js';
import type { UserId } from '../../src/domain/ids.js';

/** Writes down what people are told. */
export class RecordingMoneyChannel implements MoneyChannel {
  /** `<user> receipt <charge>`, `<user> refund <charge> <status>`, `<user> reward <credits>`. */
  readonly lines: string[] = [];
  /** What the next ones come to; an error is thrown. */
  readonly answers: (Error | DeliveryReport)[] = [];
  tries = 0;

  async tell(user: UserId, notification: MoneyNotification): Promise<Pick<DeliveryReport, 'kind'>> {
    this.tries += 1;
    const answer = this.answers.shift();
    if (answer instanceof Error) throw answer;
    if (answer !== undefined && answer.kind !== 'sent') return answer;
    this.lines.push(`${user} ${inWords(notification)}`);
    return { kind: 'sent' };
  }
}

function inWords(notification: MoneyNotification): string {
  if (notification.kind === 'reward') return `reward ${notification.credits}`;
  const { charge, status } = notification.payment;
  return notification.kind === 'receipt' ? `receipt ${charge}` : `refund ${charge} ${status}`;
}
