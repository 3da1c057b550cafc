import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule } from '../../../src/sandbox/fal/faults/fault-rule.js';
import type { FaultRule as TelegramRule } from '../../../src/sandbox/telegram/bot-api/faults.js';
import { demoGroupId } from '../../../src/sandbox/telegram/state/world.js';
import type { FaultDiary } from './fault-diary.js';
import type { Fleet } from './fleet.js';
import { oddData, oddTexts } from './odd-texts.js';
import type { World } from './world.js';

/** Where faults happen, and who is told. */
interface Scene {
  readonly world: World;
  readonly fleet: Fleet;
  readonly random: () => number;
  readonly diary: FaultDiary;
  readonly webhooks: boolean;
  readonly say: (line: string) => void;
}

/** Something that the world does for a while. */
interface WorldFault {
  readonly name: string;
  /** How long it goes on, in seconds; 0: what it leaves behind is what counts. */
  readonly seconds: number;
  /** Returns what ends it; `null` where it cannot be had. */
  begin(scene: Scene): Promise<(() => Promise<void>) | null>;
}

/** The topic of the group is closed then: nothing can be said there. */
export const closedTopic = 'a closed topic';

const html = '<html><head><title>Welcome</title></head><body>Sign in to the network</body></html>';

const answers = (rule: { status: number; body?: unknown; text?: string }) =>
  ({ kind: 'answer', ...rule }) as const;

const atFal = (name: string, seconds: number, rules: readonly FaultRule[]): WorldFault => ({
  name,
  seconds,
  async begin({ world }) {
    const active = rules.map((rule) => world.fal.faults.add(rule));
    return async () => active.forEach((rule) => void rule.remove());
  },
});

const inTheGroup = (name: string, seconds: number, rules: readonly Omit<TelegramRule, 'chatId'>[]) => ({
  name,
  seconds,
  async begin({ world }: Scene) {
    const ends = rules.map((rule) => world.telegram.faults.add({ ...rule, chatId: demoGroupId }));
    return async () => ends.forEach((end) => void end());
  },
});

const refused = (description: string) =>
  ({ kind: 'error', code: 400, description: `Bad Request: ${description}` }) as const;

const clockJump = (index: number): WorldFault => ({
  name: `the clock of process ${index} jumps by two hours, and back`,
  seconds: 20,
  async begin({ fleet }) {
    const then = fleet.signal(fleet.names[index % fleet.names.length] ?? '', 'SIGUSR2');
    return async () => then('SIGUSR2');
  },
});

export const worldFaults: readonly WorldFault[] = [
  atFal('404 at every second submit', 12, [
    { step: 'submit', fault: answers({ status: 404 }), probability: 0.5 },
  ]),
  atFal('404 at every second result', 12, [
    { step: 'result', fault: answers({ status: 404 }), probability: 0.5 },
  ]),
  atFal('HTML with 200', 12, [
    { step: 'submit', fault: answers({ status: 200, text: html }), probability: 0.5 },
    { step: 'status', fault: answers({ status: 200, text: html }), probability: 0.5 },
    { step: 'result', fault: answers({ status: 200, text: html }), probability: 0.5 },
    { step: 'upload', fault: answers({ status: 200, text: html }), probability: 0.5 },
  ]),
  atFal('half a JSON, and null', 12, [
    { step: 'submit', fault: answers({ status: 200, text: '{"status":"IN_QUEUE","requ' }), probability: 0.2 },
    { step: 'submit', fault: answers({ status: 200, body: null }), probability: 0.2 },
    { step: 'status', fault: answers({ status: 200, body: null }), probability: 0.3 },
    { step: 'result', fault: answers({ status: 200, body: null }), probability: 0.3 },
    { step: 'result', fault: answers({ status: 200, text: '{"images":[{"url":' }), probability: 0.3 },
  ]),
  {
    name: 'a foreign process asks for updates',
    seconds: 15,
    async begin({ world: { telegram }, webhooks }) {
      const ending = new AbortController();
      const call = (method: string) =>
        fetch(`${telegram.url}/bot${telegram.token}/${method}`, { signal: ending.signal })
          .then((answer) => answer.arrayBuffer())
          .catch((error: unknown) => {
            // One whose connection was cut asks again.
            if (!ending.signal.aborted && !(error instanceof TypeError)) throw error;
          });
      const polling = (async () => {
        if (webhooks) await call('deleteWebhook');
        while (!ending.signal.aborted) {
          await call('getUpdates?timeout=2');
          await sleep(100);
        }
      })();
      return async () => {
        ending.abort();
        await polling;
      };
    },
  },
  {
    name: 'odd texts and buttons',
    seconds: 0,
    async begin({ world: { telegram, people } }) {
      oddTexts.forEach((text, index) => {
        const person = 1 + (index % people.length);
        telegram.drive.send(person, { text });
        telegram.drive.sendText(person, `/generate odd ${text}`);
      });
      oddData.forEach((data, index) => {
        const person = 1 + (index % people.length);
        const shown = telegram.drive.messages(person).findLast(({ buttons }) => buttons.length > 0);
        const button = shown?.buttons.flat().find((one) => one.data !== undefined);
        if (shown === undefined || button?.data === undefined) return;
        // Nobody has made such a button: all that counts is that the others are heard after it.
        void telegram.drive.tap(person, shown.id, button.data, { data });
      });
      return async () => undefined;
    },
  },
  {
    name: 'a second start',
    seconds: 20,
    async begin({ fleet, say }) {
      const end = fleet.startTwice('front');
      return async () => say(`the second start ${await end()}`);
    },
  },
  {
    name: 'a full disk',
    seconds: 15,
    async begin({ world: { disk } }) {
      await disk?.fill();
      return disk === null ? null : () => disk.free();
    },
  },
  clockJump(0),
  clockJump(1),
  inTheGroup('a group without pictures', 15, [
    { method: 'sendPhoto', fault: refused('CHAT_SEND_PHOTOS_FORBIDDEN') },
    { method: 'sendMediaGroup', fault: refused('CHAT_SEND_PHOTOS_FORBIDDEN') },
  ]),
  inTheGroup(closedTopic, 15, [{ fault: refused('TOPIC_CLOSED') }]),
  {
    name: 'a flood by one person',
    seconds: 0,
    async begin({ world: { telegram, people } }) {
      for (let message = 0; message < 1500; message += 1)
        telegram.drive.sendText(people.length, `/balance ${message}`);
      return async () => undefined;
    },
  },
];

/** Brings them all, in an order of chance, over so many seconds; each goes on for its time, beside others. */
export async function bringWorldFaults(
  scene: Scene,
  { seconds, hold }: { readonly seconds: number /** Of each fault's own time. */; readonly hold: number },
): Promise<void> {
  const { random, diary, say } = scene;
  const order = worldFaults.map((fault) => ({ fault, at: random() })).sort((one, other) => one.at - other.at);
  const gap = (seconds * 1000) / order.length;
  await Promise.all(
    order.map(async ({ fault }, index) => {
      await sleep(gap * (index + random() / 2));
      await diary.during(fault.name, async () => {
        const end = await fault.begin(scene);
        say(end === null ? `cannot be had here: ${fault.name}` : `begins: ${fault.name}`);
        if (end === null) return;
        await sleep(fault.seconds * hold * 1000);
        await end();
        if (fault.seconds > 0) say(`ends: ${fault.name}`);
      });
    }),
  );
}
