import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { ZipPhotoArchives } from '../../src/adapters/archives/zip-photo-archives.js';
import { runCli } from '../../src/adapters/cli/cli.js';
import type { CliHost } from '../../src/adapters/cli/cli-host.js';
import { createFalWebhookAddress } from '../../src/adapters/fal/webhooks/fal-webhook-address.js';
import { FalWebhooks } from '../../src/adapters/fal/webhooks/fal-webhooks.js';
import { PostgresDatabase } from '../../src/adapters/postgres/postgres-database.js';
import { secureBytes } from '../../src/adapters/system/random-ids.js';
import { secretDigest } from '../../src/adapters/system/secret-digest.js';
import { askAccessButton } from '../../src/adapters/telegram/buttons/access-buttons.js';
import { confirmActButton, sayWhyButton } from '../../src/adapters/telegram/buttons/admin-buttons.js';
import { newTypeButton } from '../../src/adapters/telegram/buttons/avatar-buttons.js';
import { formImproveButton } from '../../src/adapters/telegram/buttons/form-buttons.js';
import { gallerySearchButton } from '../../src/adapters/telegram/buttons/gallery-buttons.js';
import { shareButton } from '../../src/adapters/telegram/buttons/job-buttons.js';
import { renameButton } from '../../src/adapters/telegram/buttons/settings-buttons.js';
import { GrantCredits } from '../../src/application/account/grant-credits.js';
import { CreateApiKey } from '../../src/application/account/keys/create-api-key.js';
import { AddAvatar } from '../../src/application/avatars/add-avatar.js';
import { ImportAvatars } from '../../src/application/avatars/import-avatars.js';
import { ReceiveWebhook } from '../../src/application/upkeep/receive-webhook.js';
import { DomainError } from '../../src/domain/errors.js';
import { referenceOf } from '../../src/domain/generation/generation.js';
import { failed } from '../../src/domain/generation/generation-transitions.js';
import { userId } from '../../src/domain/ids.js';
import { trainingFailed } from '../../src/domain/training/training-transitions.js';
import { falGenerator } from '../adapters/fal/fal-generator.js';
import { json, type LoopbackServer, loopbackServer } from '../adapters/fal/loopback-server.js';
import type { BotWorld } from '../adapters/telegram/a-bot.js';
import { aTraining } from './builders/a-training.js';
import { givenAvatar, givenGeneration } from './builders/given.js';
import { nextNumber } from './builders/ids.js';
import { fluxEverywhere } from './safetensors.js';

/** Lets a text in from outside, the way it really comes. Throws when it stops anything. */
export type Border = (world: BorderWorld, text: string) => Promise<void>;

export interface BorderWorld {
  readonly bot: BotWorld;
  readonly fal: TalkativeFal;
  /** Delivers an update by webhook. */
  update(content: object): Promise<void>;
  /** Waits until the bot has dealt with all that came. */
  quiet(): Promise<void>;
}

/** A fal that says what a test wants, and signs it. */
export interface TalkativeFal {
  readonly server: LoopbackServer;
  says: string;
  webhook(reference: string): Promise<Parameters<FalWebhooks['verify']>[0]>;
  readonly webhooks: FalWebhooks;
}

export async function talkativeFal(): Promise<TalkativeFal> {
  const key = generateKeyPairSync('ed25519');
  const jwk = { ...key.publicKey.export({ format: 'jwk' }), use: 'sig' };
  const server = await loopbackServer(({ method, path }, response) => {
    const { says } = fal;
    if (path.includes('jwks')) return json(response, 200, { keys: [jwk] });
    if (path.includes('/status')) return json(response, 200, { status: 'COMPLETED' });
    if (method === 'POST') return json(response, 200, { request_id: `r-${nextNumber()}` });
    if (path.includes('openrouter')) return json(response, 200, { output: says });
    return json(response, 422, refusal(says));
  });
  const fal: TalkativeFal = {
    server,
    says: '',
    webhooks: new FalWebhooks({
      apiKey: 'key',
      restUrl: server.url,
      clock: { now: () => new Date(), ticks: () => performance.now() / 1000 },
    }),
    async webhook(reference) {
      const id = `r-${nextNumber()}`;
      const url = createFalWebhookAddress('https://bot.example', 'key')(reference, 'fal-ai/flux-lora');
      const content = { request_id: id, status: 'ERROR', error: fal.says, payload: refusal(fal.says) };
      const body = Buffer.from(JSON.stringify(content));
      const at = String(Math.floor(Date.now() / 1000));
      const digest = createHash('sha256').update(body).digest('hex');
      const message = Buffer.from(`${id}\nuser\n${at}\n${digest}`);
      const headers: Readonly<Record<string, string>> = {
        'x-fal-webhook-request-id': id,
        'x-fal-webhook-user-id': 'user',
        'x-fal-webhook-timestamp': at,
        'x-fal-webhook-signature': sign(null, message, key.privateKey).toString('hex'),
      };
      return { query: new URL(url).searchParams, header: (name) => headers[name], body: async () => body };
    },
  };
  return fal;
}

const refusal = (text: string) => ({
  detail: [{ loc: ['body', text], type: 'value_error', msg: text }],
  [text]: 1,
});
const fals = 'fal-ai/flux-lora/requests/r-1';

const chat = { id: 1, type: 'private', first_name: 'You' };
const person = (text: string) => ({
  id: 1,
  is_bot: false,
  first_name: text,
  username: text,
  language_code: text,
});
const message = (text: string, content: object) => ({
  message: {
    message_id: nextNumber(),
    date: Math.floor(Date.now() / 1000),
    chat: { ...chat, first_name: text },
    from: person(text),
    ...content,
  },
});
const tap = (data: string) => ({
  callback_query: {
    id: String(nextNumber()),
    from: person('You'),
    chat_instance: '1',
    data,
    message: screen(),
  },
});
const screen = () => ({ message_id: nextNumber(), date: 1, chat });
const command = (text: string) => ({
  text,
  entities: [{ type: 'bot_command', offset: 0, length: text.length }],
});

/** A refusal in words is an answer; everything else has stopped something. */
async function unlessRefused(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    const isRefusal = error instanceof DomainError || (error instanceof Error && 'exitCode' in error);
    if (!isRefusal) throw error;
  });
}

const prompt: Border = async ({ update, quiet }, text) => {
  await update(message(text, { text }));
  await update(message(text, { text: `--avatar ${text} --preset ${text} a knight` }));
  await quiet();
};

const names: Border = async ({ bot, update, quiet }, text) => {
  await update(tap(renameButton.data({ avatar: (await avatarIn(bot)).id })));
  await quiet();
  await update(message('You', { text: text }));
  await quiet();
};

const files: Border = async ({ update, quiet }, text) => {
  const file = { file_id: text, file_unique_id: text, file_name: `${text}.safetensors`, mime_type: text };
  await update(message(text, { document: file, caption: text }));
  await quiet();
  await update(message(text, command('/cancel')));
  const photo = [{ file_id: text, file_unique_id: text, width: 1, height: 1 }];
  await update(message(text, { photo, media_group_id: text, caption: text }));
  await quiet();
};

const taps: Border = async ({ update, quiet }, text) => {
  await update(tap(text));
  await update(tap(`${newTypeButton.name}:${text}`));
  await update({ inline_query: { id: '1', from: person(text), query: text, offset: text } });
  await quiet();
};

const search: Border = async ({ bot, update, quiet }, text) => {
  const view = crypto.randomUUID();
  const { owner } = await avatarIn(bot);
  const filter = {};
  await bot.database.stores.galleryViews.save(
    { id: view, owner, filter, selection: [], removed: [] },
    new Date(),
  );
  await update(tap(gallerySearchButton.data({ view })));
  await quiet();
  await update(message('You', { text }));
  await quiet();
  await update(message('You', command('/cancel')));
  await quiet();
};

/** Somebody else, who may not come in and asks for it. */
const applicants: Border = async ({ bot, update, quiet }, text) => {
  const { owner } = await avatarIn(bot);
  const { admissions } = bot.database.stores;
  await bot.dependencies.decideAccess.execute({ user: owner, decision: 'allowed' }, { admin: 'cli' });
  const from = { ...person(text), id: 9_000_000 + nextNumber() };
  const { callback_query: asked } = tap(askAccessButton.data({}));
  await update({
    callback_query: { ...asked, from, message: { ...asked.message, chat: { ...chat, id: from.id } } },
  });
  await quiet();
  await admissions.clear();
};

/** From somebody else, in their own chat. */
const theirs = (user: string) => ({
  from: { ...person('You'), id: Number(user) },
  chat: { ...chat, id: Number(user) },
});

/** An operator who says why somebody is blocked, and confirms it. */
const operators: Border = async ({ bot, update, quiet }, text) => {
  const { keepIntent } = bot.dependencies;
  const user = userId('2');
  const by = { admin: userId('1') };
  const blocking = { act: 'block', user, why: null } as const;
  await bot.database.stores.blocks.unblock(user);
  await update(message('You', { ...command('/start'), ...theirs(user) }));
  await quiet();
  await update(tap(sayWhyButton.data({ intent: await keepIntent.execute(blocking, by) })));
  await quiet();
  await update(message('You', { text }));
  await quiet();
  const { database } = bot;
  if (!(database instanceof PostgresDatabase)) throw new Error('an intent is known by its row alone');
  const newest = 'select id from operator_intents order by made_at desc limit 1';
  const { rows } = await database.pool.query<{ id: string }>(newest);
  await update(tap(confirmActButton.data({ intent: rows[0]?.id ?? '' })));
  await quiet();
};

/** Somebody who was blocked, and appeals. */
const appeals: Border = async ({ bot, update, quiet }, text) => {
  const user = userId('2');
  const { blocks } = bot.database.stores;
  await blocks.unblock(user);
  await blocks.block({ user, at: new Date(), why: null });
  await update(message('You', { ...command('/appeal'), ...theirs(user) }));
  await quiet();
  await update(message('You', { text, ...theirs(user) }));
  await quiet();
};

/** The guided screen, whose words are asked for and answered. */
const form: Border = async ({ update, quiet }, text) => {
  await update(message('You', command('/generate')));
  await quiet();
  await update(message('You', { text }));
  await quiet();
};

/** Makes recipes of the painter's pictures. */
export const share: (world: BorderWorld) => Promise<void> = async ({ bot, update, quiet }) => {
  const { owner } = await avatarIn(bot);
  for (const { id: generation } of await bot.database.stores.generations.list({ owner, limit: 3 }))
    await update(tap(shareButton.data({ generation })));
  await quiet();
};

const languageModel: Border = async ({ bot, fal, update, quiet }, text) => {
  const { owner } = await avatarIn(bot);
  const start = { kind: 'new', prompt: text } as const;
  const form = {
    id: crypto.randomUUID(),
    owner,
    suggestion: null,
    overrides: {},
    picture: null,
    recipe: null,
    createdAt: new Date(),
  };
  const choices = { avatar: null, preset: 'balanced', aspectRatio: null, count: 1 } as const;
  const origin = { transport: 'telegram', address: { chat: 1 } };
  await bot.database.stores.forms.save({ ...form, prompt: 'a knight', choices, origin });
  fal.says = start.prompt;
  await update(tap(formImproveButton.data({ form: form.id })));
  await quiet();
};

const falsWords: Border = async ({ bot, fal }, text) => {
  fal.says = text;
  const { stores } = bot.database;
  const outcome = await falGenerator(fal.server.url).check(fals);
  if (outcome.kind !== 'failed') throw new Error('it is refused');
  const job = await givenGeneration(stores, { status: 'submitted' });
  const now = new Date();
  await stores.generations.save(
    failed(job, outcome.failure, now).next,
    { status: 'submitted' },
    { checkAfter: now },
  );
  const { id: avatar, owner } = await givenAvatar(stores, { status: 'draft' });
  const training = aTraining({ status: 'training', avatar, owner });
  await stores.trainings.add(training);
  const { next } = trainingFailed(training, outcome.failure, now);
  await stores.trainings.save(next, { status: 'training' }, { checkAfter: now });
};

const falsWebhooks: Border = async ({ bot, fal }, text) => {
  fal.says = text;
  const job = await givenGeneration(bot.database.stores, { status: 'submitting' });
  const verdict = await fal.webhooks.verify(await fal.webhook(referenceOf(job)));
  if (!verdict.accepted) throw new Error(verdict.reason);
  const receive = new ReceiveWebhook({
    worker: 'worker-1',
    database: bot.database,
    clock: { now: () => new Date(), ticks: () => performance.now() / 1000 },
    log: bot.log,
  });
  if (!(await receive.execute(verdict.event))) throw new Error('it was not kept');
};

const legacyRows: Border = async ({ bot }, text) => {
  const { clock, ids, policy } = bot.dependencies;
  const row = {
    telegram_id: '77',
    status: 'COMPLETED',
    is_main: false,
    gender: text,
    created_at: new Date(),
  };
  const weights = `https://v3.fal.media/files/${text}`;
  const rows = [
    { ...row, id: text, name: 'Ada', training_type: 'portrait', diffusers_lora_file_url: weights },
    {
      ...row,
      id: `${nextNumber()}`,
      name: text,
      training_type: 'style',
      finetune_id: text,
      trigger_word: text,
    },
    {
      ...row,
      id: `${nextNumber()}`,
      name: 'Bob',
      training_type: 'style',
      finetune_id: 'f',
      trigger_phrase: text,
    },
    { [text]: text, id: text, status: text, telegram_id: text },
    text,
  ];
  await new ImportAvatars({ database: bot.database, clock, ids, policy, look: fluxEverywhere }).execute(rows);
};

const archives: Border = async (_, text) => {
  const zip = new ZipFile();
  // A name in a ZIP has 65535 bytes at most, and no file above its folder: others are refused by their writer.
  const name = text.replaceAll('..', '').replaceAll('\\', '').slice(0, 20_000);
  await unlessRefused(async () => {
    zip.addBuffer(Buffer.from('one'), `${name}.jpg`);
    zip.end();
    const bytes = await buffer(zip.outputStream);
    for await (const file of new ZipPhotoArchives().files(bytes))
      if (/[\0\p{Cs}]/u.test(file.name ?? '')) throw new Error('a name that cannot be stored');
  });
};

const commandLine: Border = async ({ bot }, text) => {
  const { database, dependencies } = bot;
  const { clock, ids, policy } = dependencies;
  const said: string[] = [];
  const services = {
    database,
    addAvatar: new AddAvatar({ database, clock, ids, policy, look: fluxEverywhere }),
    grantCredits: new GrantCredits({ database, clock, ids, policy }),
    createApiKey: new CreateApiKey({ database, clock, ids, policy, secureBytes, secretDigest }),
  };
  const host = {
    out: (words: string) => said.push(words),
    err: () => undefined,
    localUser: null,
    services: async () => services,
  };
  // The other parts are not asked for by these commands.
  const run = (...words: string[]) => unlessRefused(() => runCli(words, host as never as CliHost));
  await run(
    'avatar',
    'add',
    '--owner',
    '78',
    '--name',
    text,
    '--type',
    'artistic',
    '--finetune',
    'f',
    '--trigger',
    text,
  );
  await run('avatar', 'add', '--owner', '78', '--name', 'Eva', '--type', 'artistic', '--finetune', text);
  await run('credits', 'grant', '--user', '78', '--amount', '1', '--reason', text);
  await run('api-key', 'create', '--user', '78', '--name', text);
  await run('api-key', 'list');
  await run('avatar', 'list');
  await run('credits', 'show', '--user', '78');
  await run('generations', 'list', '--user', text);
  const steering = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
  if (steering.test(said.join(''))) throw new Error('the terminal would obey it');
};

async function avatarIn({ database }: BotWorld) {
  const [avatar] = (await database.stores.avatars.list()).filter(({ owner }) => owner === '1');
  if (avatar === undefined) throw new Error('there is no painter');
  return avatar;
}

export const borders = {
  prompt,
  'who asks for access': applicants,
  'who was blocked': appeals,
  operators,
  names,
  files,
  taps,
  search,
  form,
  'language models': languageModel,
  'words of fal': falsWords,
  'webhooks of fal': falsWebhooks,
  'legacy rows': legacyRows,
  archives,
  'command line': commandLine,
} as const satisfies Readonly<Record<string, Border>>;
