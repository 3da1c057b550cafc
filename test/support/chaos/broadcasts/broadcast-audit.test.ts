import { describe, expect, it } from 'vitest';
import {
  auditBroadcasts,
  broadcastBreaches,
  type Copy,
  type KeptBroadcast,
  type Spread,
} from './broadcast-audit.js';

const [reader, other, leaver] = [1, 2, 9];
const copy = (person: number, more: Partial<Copy> = {}): Copy => ({
  ...{ broadcast: 'news', person, at: 2000, isDoubtful: false },
  ...more,
});
const news = (more: Partial<KeptBroadcast> = {}): KeptBroadcast => ({
  ...{ id: 'news', status: 'sent', createdAt: 1000, endedAt: 3000 },
  readers: new Map([
    [reader, 'sent'],
    [other, 'sent'],
  ]),
  ...more,
});
const stopped = (state: 'sent' | 'waiting') =>
  news({
    status: 'stopped',
    readers: new Map([
      [reader, state],
      [other, 'sent'],
    ]),
  });
const arrived = [copy(reader), copy(other)];

/** One that both of them got; a story says what is otherwise. */
function breaches(story: Partial<Spread> = {}): string[] {
  const spread = { asked: 1, broadcasts: [news()], copies: arrived, living: [reader, other] };
  return broadcastBreaches(
    auditBroadcasts({ ...spread, leaver, mutedAt: new Map(), storyOf: ({ at }) => `at ${at}`, ...story }),
  );
}

describe('the audit of broadcasts finds nothing amiss', () => {
  it.each<[string, Partial<Spread>]>([
    ['where everybody got it once', {}],
    [
      'where somebody got it again because nobody knew of the first',
      { copies: [...arrived, copy(reader, { at: 1500, isDoubtful: true })] },
    ],
    [
      'where whoever had turned news off got nothing',
      {
        broadcasts: [news({ readers: new Map([[other, 'sent']]) })],
        copies: [copy(other)],
        mutedAt: new Map([[reader, 500]]),
      },
    ],
    ['where news were turned off while it was sent', { copies: arrived, mutedAt: new Map([[reader, 1500]]) }],
    [
      'where it was stopped before it came to somebody',
      { broadcasts: [stopped('waiting')], copies: [copy(other)] },
    ],
    [
      'where a message was on its way when it was stopped',
      { broadcasts: [stopped('sent')], copies: [copy(reader, { at: 7000 }), copy(other)] },
    ],
    [
      'where whoever blocked the bot was tried and refused',
      { broadcasts: [news({ readers: new Map([...news().readers, [leaver, 'blocked']]) })] },
    ],
  ])('%s', (_, story) => expect(breaches(story)).toEqual([]));
});

describe('the audit of broadcasts tells', () => {
  it.each<[string, Partial<Spread>, string]>([
    ['of a second message though the first was known', { copies: [...arrived, copy(reader)] }, 'sentAgain'],
    [
      'of a second one without an answer after a first that was known',
      { copies: [...arrived, copy(reader, { at: 2500, isDoubtful: true })] },
      'sentAgain',
    ],
    ['of somebody who did not get it', { copies: [copy(reader)] }, 'missed'],
    [
      'of somebody who was not even to get it',
      { broadcasts: [news({ readers: new Map([[reader, 'sent']]) })], copies: [copy(reader)] },
      'missed',
    ],
    [
      'of a stopped one that is said to have come',
      { broadcasts: [stopped('sent')], copies: [copy(other)] },
      'missed',
    ],
    ['of a stopped one that came and is not in the books', { broadcasts: [stopped('waiting')] }, 'missed'],
    [
      'of one that goes on though it was stopped',
      { broadcasts: [stopped('sent')], copies: [copy(reader, { at: 13_001 }), copy(other)] },
      'unwanted',
    ],
    ['of news for somebody who had turned them off', { mutedAt: new Map([[reader, 500]]) }, 'unwanted'],
    [
      'of news that are said to have come to whoever blocked the bot',
      { broadcasts: [news({ readers: new Map([...news().readers, [leaver, 'sent']]) })] },
      'missed',
    ],
    [
      'of one that is sent twice for one word of the operator',
      { broadcasts: [news(), news({ id: 'again' })] },
      'unfinished',
    ],
    ['of one that does not end', { broadcasts: [news({ status: 'sending', endedAt: null })] }, 'unfinished'],
  ])('%s', (_, story, kind) =>
    expect(breaches(story)).toContainEqual(expect.stringContaining(`broadcasts, ${kind}, `)),
  );
});
