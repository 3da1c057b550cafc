import { demoGroupId } from '../../../src/sandbox/telegram/state/world.js';
import type { FaultDiary } from './fault-diary.js';
import type { World } from './world.js';
import { closedTopic } from './world-faults.js';

export interface Silence {
  /** Messages of people that nothing of the bot answers. */
  readonly unanswered: readonly string[];
  /** The longest wait for the first answer while no fault went on, in seconds. */
  readonly longestSilence: number;
  readonly longestSilenceOf: string;
}

/** How long people waited for a first answer, whatever became of that later. */
export function silences(
  { people, telegram }: World,
  diary: FaultDiary,
  accepted: ReadonlySet<string>,
): Silence {
  const { replies, others } = saidByTheBot(telegram);
  const unanswered: string[] = [];
  let longest = { seconds: 0, of: '' };
  for (const chat of [...people.map(({ id }) => id), demoGroupId])
    for (const { from, id, text, date, happened } of telegram.drive.messages(chat)) {
      // Who pays waits for a receipt, and who wants to for what is sold: both are looked after where they do.
      if (happened !== undefined || text === '/buy') continue;
      if (!people.some((person) => person.id === from)) continue;
      const name = `${chat}:${id}`;
      // Screens are no replies: each stands for the oldest command that waits for one.
      const answer =
        replies.get(name) ?? (text?.startsWith('/balance') ? others.get(chat)?.shift() : undefined);
      // Where nothing can be said, what was accepted is brought to the own chat, or here once it is open again: the books
      // are asked about that.
      const isMute = chat === demoGroupId && diary.wasOn(closedTopic, date * 1000, 10_000);
      if (isMute || (answer === undefined && accepted.has(name))) continue;
      if (answer === undefined) {
        unanswered.push(`${name} ${JSON.stringify(text)?.slice(0, 60)}`);
        continue;
      }
      // Telegram's dates are whole seconds.
      const seconds = diary.silence((date + 1) * 1000, answer) / 1000;
      if (seconds > longest.seconds) longest = { seconds, of: `${name} ${text?.slice(0, 40)}` };
    }
  return { unanswered, longestSilence: Math.round(longest.seconds * 10) / 10, longestSilenceOf: longest.of };
}

/** When each message (`chat:message`) was first replied to, and when each chat was told its balance; in milliseconds since 1970. */
function saidByTheBot(telegram: World['telegram']) {
  const replies = new Map<string, number>();
  const others = new Map<number, number[]>();
  for (const { method, parameters, at, answer } of telegram.calls.of()) {
    const arrived = answer.ok || ('dropped' in answer && answer.dropped === 'after');
    if (!arrived) continue;
    const replied = parameters.reply_parameters;
    if (typeof replied === 'object' && replied !== null && 'message_id' in replied) {
      const name = `${parameters.chat_id}:${replied.message_id}`;
      if (!replies.has(name)) replies.set(name, at.getTime());
    } else if (method === 'sendMessage' && isBalance(parameters.text)) {
      const chat = Number(parameters.chat_id);
      others.set(chat, [...(others.get(chat) ?? []), at.getTime()]);
    }
  }
  return { replies, others };
}

const isBalance = (text: unknown): boolean => /^(You have|У вас) <b>/.test(String(text));
