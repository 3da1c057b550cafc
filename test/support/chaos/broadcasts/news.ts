import { setTimeout as sleep } from 'node:timers/promises';
import {
  broadcastsButton,
  muteBroadcastsButton,
  sendBroadcastButton,
  stopBroadcastButton,
  writeBroadcastButton,
} from '../../../../src/adapters/telegram/buttons/broadcast-buttons.js';
import type { ButtonKind } from '../../../../src/adapters/telegram/buttons/button-kind.js';
import { leaveQuestionButton } from '../../../../src/adapters/telegram/buttons/question-buttons.js';
import type { MessageView } from '../../../../src/sandbox/telegram/driver/message-view.js';
import type { World } from '../world.js';

/** What the operator and the readers did. */
export interface Told {
  readonly asked: number;
  /** Since when it is written down that somebody wants no more, in milliseconds since 1970. */
  readonly mutedAt: ReadonlyMap<number, number>;
}

/** Every so manyth reader wants no more after the first one. */
const mutesEvery = 7;
/** Every so manyth is stopped, the second one first, when it has come to a few. */
const stopsEvery = 3;
const aFew = 3;
/** As long as somebody waits before they try again, and how often they do, in milliseconds. */
const patience = 10_000;
const mostTries = 20;
/** The first one comes late where much goes wrong. */
const untilTheFirst = 300_000;

/** An operator writes them and looks at them, while nothing is wrong yet; whoever has left before gets none. */
export async function writeNews(world: World, broadcasts: number): Promise<readonly Written[]> {
  if (broadcasts > 0) await leave(world);
  const written: Written[] = [];
  for (let index = 0; index < broadcasts; index += 1)
    written.push(await write(world, `News ${index + 1} for everybody`));
  return written;
}

/** Sends them to everybody, one after the other; some have enough of it, and some broadcasts are stopped. */
export async function spreadNews(world: World, written: readonly Written[], seconds: number): Promise<Told> {
  const mutedAt = new Map<number, number>();
  const asked = written.length;
  if (asked === 0) return { asked, mutedAt };
  const muting = world.people
    .filter(({ id }) => id % mutesEvery === 0)
    .map(async ({ id }) => void mutedAt.set(id, await mute(world, id)));
  const stopping: Promise<void>[] = [];
  const from = Date.now();
  for (const [index, each] of written.entries()) {
    await sleep(Math.max(0, from + (index * seconds * 1000) / asked - Date.now()));
    await confirm(world, each);
    if (index % stopsEvery === 1) stopping.push(stop(world, each));
  }
  await Promise.all([...muting, ...stopping]);
  return { asked, mutedAt };
}

/** A broadcast's card, and the message of which everybody gets a copy. */
interface Written {
  readonly card: number;
  readonly preview: number;
}

/** Writes it, and looks at it. */
async function write(world: World, text: string): Promise<Written> {
  const { operator, telegram } = world;
  const { drive } = telegram;
  const newest = () => drive.lastMessage(operator)?.id ?? 0;
  let last = newest();
  const menu = await patiently(
    world,
    () => drive.sendText(operator, '/admin'),
    (message) => message.id > last && dataOf(message, broadcastsButton) !== undefined,
  );
  await patiently(
    world,
    () => tap(world, operator, menu.id, broadcastsButton),
    ({ id, ...message }) => id === menu.id && dataOf(message, writeBroadcastButton) !== undefined,
  );
  last = newest();
  await patiently(
    world,
    () => tap(world, operator, menu.id, writeBroadcastButton),
    (message) => message.id > last && dataOf(message, leaveQuestionButton) !== undefined,
  );
  last = newest();
  const card = await patiently(
    world,
    () => drive.sendText(operator, text),
    (message) => message.id > last && dataOf(message, sendBroadcastButton) !== undefined,
  );
  const preview = drive
    .messages(operator)
    .findLast(
      (message) =>
        message.id < card.id && message.text === text && dataOf(message, muteBroadcastsButton) !== undefined,
    );
  if (preview === undefined) throw new Error(`nothing stands above the card of "${text}"`);
  return { card: card.id, preview: preview.id };
}

/** By two taps at once, as people do. */
async function confirm(world: World, { card }: Written): Promise<void> {
  const tapIt = () => tap(world, world.operator, card, sendBroadcastButton);
  await patiently(
    world,
    () => Promise.all([tapIt(), tapIt()]),
    ({ id, ...message }) => id === card && dataOf(message, sendBroadcastButton) === undefined,
  );
}

async function stop(world: World, { card, preview }: Written): Promise<void> {
  const { telegram, operator } = world;
  const isOnItsWay = () =>
    telegram.calls.of('copyMessage').filter(({ parameters }) => Number(parameters.message_id) === preview)
      .length > aFew;
  const isOpen = () =>
    telegram.drive
      .messages(operator)
      .some((message) => message.id === card && dataOf(message, stopBroadcastButton) !== undefined);
  while (isOpen() && !isOnItsWay()) await sleep(100);
  while (isOpen()) {
    await tap(world, operator, card, stopBroadcastButton);
    await sleep(500);
  }
}

/** Turns news off under the first one that comes. Returns when that was known to be written down. */
async function mute(world: World, person: number): Promise<number> {
  const fits = (message: MessageView) => dataOf(message, muteBroadcastsButton) !== undefined;
  const { id } = await world.telegram.drive.waitForMessage(person, fits, { timeout: untilTheFirst });
  while (!(await isMuted(world, person))) {
    await tap(world, person, id, muteBroadcastsButton);
    await sleep(500);
  }
  return Date.now();
}

const isMuted = ({ pool }: World, person: number): Promise<boolean> =>
  pool.query('select from preferences where user_id = $1 and not broadcasts', [String(person)]).then(
    ({ rowCount }) => rowCount === 1,
    // The database is away.
    () => false,
  );

/** Somebody came once, and has blocked the bot. */
async function leave({ leaver, telegram: { drive } }: World): Promise<void> {
  drive.start(leaver);
  await drive.waitForMessage(leaver, () => true, { timeout: untilTheFirst });
  drive.block(leaver);
}

const dataOf = ({ buttons }: Pick<MessageView, 'buttons'>, { name }: ButtonKind): string | undefined =>
  buttons.flat().find(({ data }) => data?.split(':', 1)[0] === name)?.data;

/** Taps on a button, where it still stands. */
async function tap(world: World, person: number, message: number, kind: ButtonKind): Promise<void> {
  const { drive } = world.telegram;
  const shown = drive.messages(person).find(({ id }) => id === message);
  const data = shown && dataOf(shown, kind);
  if (data !== undefined) await drive.tap(person, message, data, { timeout: 5000 });
}

/** Does it, and once more where nothing comes of it. */
async function patiently(
  { operator, telegram: { drive } }: World,
  act: () => unknown,
  fits: (message: MessageView) => boolean,
): Promise<MessageView> {
  for (let tries = 1; ; tries += 1) {
    await act();
    try {
      return await drive.waitForMessage(operator, fits, { timeout: patience });
    } catch (error) {
      if (tries === mostTries) throw error;
    }
  }
}
