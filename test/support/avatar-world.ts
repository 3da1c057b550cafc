import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '../../src/adapters/queue/worker.js';
import type { Database } from '../../src/application/ports/stores/stores.js';
import { type Composed, compose } from '../../src/composition/composition-root.js';
import { httpServerOf } from '../../src/composition/http-answers.js';
import { services } from '../../src/composition/identifiers.js';
import { type Config, loadConfig } from '../../src/composition/settings/config.js';
import { userId } from '../../src/domain/ids.js';
import { type LocalFal, startLocalFal } from '../../src/sandbox/fal/local-fal.js';
import type { LocalFalLogLine, RecordedSubmit } from '../../src/sandbox/fal/local-fal-options.js';
import { SigningKey } from '../../src/sandbox/fal/webhooks/signing-key.js';
import { signedMessage } from '../../src/sandbox/fal/webhooks/webhook-message.js';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import { type LocalTelegram, startLocalTelegram } from '../../src/sandbox/telegram/local-telegram.js';
import { RecordingLogger } from '../fakes/recording-logger.js';
import { freePort } from './free-port.js';
import { photograph } from './photographs.js';
import { createTestDatabase } from './postgres.js';

export const portraitTrainer = 'fal-ai/flux-lora-portrait-trainer';
const token = '7000002:telegram-token';

export type Fits = (message: MessageView) => boolean;

export const shows =
  (text: string): Fits =>
  ({ text: shown, caption }) =>
    (shown ?? caption ?? '').includes(text);
export const withButton =
  (label: string): Fits =>
  ({ buttons }) =>
    buttons.flat().some(({ text }) => text.startsWith(label));
/** Data of the first button that begins so; empty when there is none. */
export const labelled = ({ buttons }: MessageView, label: string): string =>
  buttons.flat().find(({ text }) => text.startsWith(label))?.data ?? '';

/** The whole program on a real database, against the local fal and the local Telegram. */
export class AvatarWorld {
  private readonly others: Composed[] = [];

  private constructor(
    readonly fal: LocalFal,
    /** What fal was asked, and how it answered. */
    readonly falLog: readonly LocalFalLogLine[],
    readonly telegram: LocalTelegram,
    readonly composed: Composed,
    readonly log: RecordingLogger,
    private readonly config: Config,
    private readonly falKey: SigningKey,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  /**
   * Everybody in it has 200 credits; a person's id is their place, from 1.
   * @param webhooks fal and Telegram call the program instead of being asked
   * @param variables settings of the program, over those that the stories use
   */
  static async open(
    people: readonly { readonly firstName: string; readonly languageCode: string }[],
    { webhooks = false, variables = {} }: { webhooks?: boolean; variables?: Record<string, string> } = {},
  ): Promise<AvatarWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'avatar-world-'));
    const test = await createTestDatabase();
    const falLog: LocalFalLogLine[] = [];
    const fal = await startLocalFal({
      folder: join(folder, 'fal'),
      imageMilliseconds: 20,
      trainingMilliseconds: 300,
      preparedPictures: true,
      log: (line) => falLog.push(line),
    });
    const telegram = await startLocalTelegram({
      folder: join(folder, 'telegram'),
      token,
      people: people.map((person, index) => ({ id: index + 1, ...person })),
    });
    const port = String(await freePort());
    const config = loadConfig({
      MODE: 'live',
      ...(webhooks
        ? { ROLES: 'bot,worker,http', HTTP_PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` }
        : { ROLES: 'bot,worker' }),
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_URL: telegram.url,
      FAL_KEY: 'test-key',
      FAL_QUEUE_URL: fal.queueUrl,
      FAL_REST_URL: fal.restUrl,
      FAL_MEDIA_HOSTS: new URL(fal.url).host,
      DATABASE_URL: test.connectionString,
      DATA_DIR: folder,
      WELCOME_CREDITS: '200',
      CONFIRM_FIRST_ORDERS: '0',
      // Seconds of processor time, for those stories alone that are about faces.
      LOOK_AT_FACES: 'false',
      ...variables,
    });
    const log = new RecordingLogger();
    const http = webhooks ? httpServerOf(config, log) : null;
    const composed = await compose(config, log, { fal: true, telegram: true, http });
    http?.answer(composed.container.get(services.httpAnswers));
    await http?.start();
    await composed.container.get(Worker).start();
    await composed.container.get(services.telegram).start();
    const key = new SigningKey(join(folder, 'fal'));
    return new AvatarWorld(fal, falLog, telegram, composed, log, config, key, async () => {
      await http?.stop();
      await composed.resources.close();
      await telegram.close();
      await fal.close();
      await test.drop();
      await rm(folder, { recursive: true });
    });
  }

  async close(): Promise<void> {
    const { container } = this.composed;
    await container.get(services.telegram).stop();
    await container.get(Worker).stop();
    for (const { container, resources } of this.others) {
      await container.get(Worker).stop();
      await resources.close();
    }
    await this.cleanUp();
  }

  /** The steps of a training as one more worker process takes them; it takes none by itself. */
  async anotherWorker() {
    const other = await compose(this.config, this.log, { fal: true, telegram: true });
    this.others.push(other);
    return other.container.get(services.handlers);
  }

  /** The worker ends, and one of another process begins: what is open goes on there. */
  async restartWorker(): Promise<void> {
    await this.composed.container.get(Worker).stop();
    const other = await compose(this.config, this.log, { fal: true, telegram: true });
    this.others.push(other);
    await other.container.get(Worker).start();
  }

  /** Says in fal's name, and signed by it, that a job has ended well. Returns the status of the answer. */
  async falSays({ requestId, webhookUrl = '' }: RecordedSubmit): Promise<number> {
    const event = { request_id: requestId, gateway_request_id: requestId, status: 'OK', payload: {} };
    const { body, headers } = signedMessage(
      requestId,
      JSON.stringify(event),
      this.falKey,
      Date.now(),
      undefined,
    );
    const { status } = await fetch(webhookUrl, { method: 'POST', body, headers });
    return status;
  }

  get database(): Database {
    return this.composed.container.get(services.database);
  }

  message(person: number, fits: Fits): Promise<MessageView> {
    return this.telegram.drive.waitForMessage(person, fits);
  }

  /** Taps the button that begins so under the newest message that has it. */
  async tap(person: number, label: string) {
    const found = await this.message(person, withButton(label));
    return this.telegram.drive.tap(person, found.id, labelled(found, label));
  }

  account(person: number) {
    return this.database.stores.ledger.account(userId(String(person)));
  }

  avatarsOf(person: number) {
    return this.database.stores.avatars.list(userId(String(person)));
  }

  /** From /new to ten photos and the speeds. */
  async readyToTrain(person: number, name: string): Promise<void> {
    const { drive } = this.telegram;
    drive.sendText(person, '/new');
    await this.tap(person, '👤 A person');
    await this.message(person, shows('What’s its name?'));
    drive.sendText(person, name);
    await this.message(person, shows(`${name} · A person`));
    await this.tap(person, '✅ It’s me');
    const photos = Array.from({ length: 10 }, (_, index) =>
      photograph(600, 700, { seed: 1000 * person + index }),
    );
    await drive.sendAlbum(person, await Promise.all(photos));
    await this.tap(person, '⏱ Faster or better');
  }

  async trained(person: number, name: string): Promise<void> {
    await this.readyToTrain(person, name);
    await this.tap(person, '⚡ Fast');
    await this.message(person, shows(`“${name}” is ready`));
    // Its proof sheet comes later, beside whatever the story does next, and is counted in the day's numbers.
    const none = withButton('😕 None looks right');
    await this.message(person, (message) => none(message) && shows(`like ${name}`)(message));
  }

  /** A message of the bot's with a button that it never put there, as a changed client could send. */
  async forge(person: number, data: string): Promise<number> {
    const response = await fetch(`${this.telegram.url}/bot${token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        chat_id: person,
        text: 'forged',
        reply_markup: { inline_keyboard: [[{ text: 'tap', callback_data: data }]] },
      }),
    });
    const { result } = (await response.json()) as { result: { message_id: number } };
    return result.message_id;
  }
}
