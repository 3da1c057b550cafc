import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalFal } from '../../src/sandbox/fal/local-fal.js';
import { startLocalTelegram } from '../../src/sandbox/telegram/local-telegram.js';
import { aisha, type Service, startService } from '../../test/support/spawned.js';

const token = '7000001:databases';
const people = [11, 12, 13];

export interface Running {
  readonly settings: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Everybody asks for a picture. */
  ask(): void;
  /** Waits until everybody has so many more than before; throws after a minute. */
  pictures(each: number): Promise<void>;
  /** What `/readyz` says: its reasons, none when it is ready. */
  readiness(): Promise<readonly string[]>;
  output(): string;
  /** Ends the last of the processes as `kill -9` does. */
  kill(): Promise<void>;
}

/** What a start of the program says that is refused; throws if it is not. */
export async function refusal(variables: Readonly<Record<string, string>>): Promise<string> {
  return inWorld(async ({ settings, folder }) => {
    const started = await startService({ ...settings, ...variables }, folder).catch(
      (error: unknown) => error,
    );
    if (started instanceof Error) return started.message;
    throw new Error('it was not refused');
  });
}

/** Runs the whole program (or, with `roles`, one process for each) on the local fal and the local Telegram. */
export async function running<Result>(
  variables: Readonly<Record<string, string>>,
  trial: (running: Running) => Promise<Result>,
  roles: readonly string[] = ['bot,worker,http'],
): Promise<Result> {
  return inWorld(async ({ settings: world, folder, telegram }) => {
    const settings = { ...world, ...variables };
    for (const owner of people) await addAvatar(String(owner), settings, folder);
    const services: Service[] = [];
    try {
      for (const ROLES of roles) services.push(await startService({ ...settings, ROLES }, folder));
      const seen = (person: number) =>
        telegram.drive.messages(person).filter(({ photo, document }) => (photo ?? document) !== undefined)
          .length;
      let wanted = 0;
      return await trial({
        settings,
        folder,
        ask() {
          for (const person of people) telegram.drive.sendText(person, `a harbour at dawn, number ${wanted}`);
        },
        async pictures(each) {
          wanted += each;
          await until(() => people.every((person) => seen(person) >= wanted));
        },
        async readiness() {
          const answer = await fetch(`http://127.0.0.1:${services[0]?.port()}/readyz`);
          const { reasons }: { reasons: readonly string[] } = JSON.parse(await answer.text());
          return reasons;
        },
        kill: async () => services.pop()?.kill(),
        output: () => services.map((service) => service.output()).join(''),
      });
    } catch (error) {
      throw new Error(`${String(error)}\n${services.map((service) => service.output()).join('')}`);
    } finally {
      await Promise.all(services.map((service) => service.stop()));
    }
  });
}

async function addAvatar(owner: string, settings: Readonly<Record<string, string>>, folder: string) {
  const words = ['avatar', 'add', '--owner', owner, '--name', `Ada ${owner}`, '--type', 'artistic', '--main'];
  const { code, stderr } = await aisha(
    [...words, '--finetune', 'ft-1', '--trigger', 'ARTST'],
    settings,
    folder,
  );
  if (code !== 0) throw new Error(stderr);
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('pictures are missing after a minute');
    await sleep(50);
  }
}

async function inWorld<Result>(work: (world: World) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-trial-'));
  const fal = await startLocalFal({ folder: join(folder, 'fal'), imageMilliseconds: 300, key: 'key' });
  const telegram = await startLocalTelegram({
    folder: join(folder, 'telegram'),
    token,
    people: people.map((id) => ({ id, firstName: `Person ${id}`, languageCode: 'en' })),
  });
  const settings = {
    MODE: 'live',
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_URL: telegram.url,
    FAL_KEY: 'key',
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_REST_URL: fal.restUrl,
    FAL_MEDIA_HOSTS: new URL(fal.url).host,
    DATA_DIR: join(folder, 'data'),
    WELCOME_CREDITS: '1000',
  };
  try {
    return await work({ settings, folder, telegram });
  } finally {
    await telegram.close();
    await fal.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface World {
  readonly settings: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly telegram: Awaited<ReturnType<typeof startLocalTelegram>>;
}
