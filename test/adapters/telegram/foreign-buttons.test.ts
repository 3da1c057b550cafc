import { Api } from 'grammy';
import { expect, test } from 'vitest';
import '../../../src/adapters/telegram/bot.js';
import { buttonKinds } from '../../../src/adapters/telegram/buttons/button-kind.js';
import type { ApiKey } from '../../../src/domain/api-key.js';
import { userId } from '../../../src/domain/ids.js';
import { aPayment, aSubscription } from '../../support/builders/a-payment.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { aDraft, aDraftPhoto, aTraining } from '../../support/builders/a-training.js';
import { anOffer } from '../../support/builders/an-offer.js';
import { givenAvatar, givenGeneration } from '../../support/builders/given.js';
import { longAgo, nextUuid } from '../../support/builders/ids.js';
import { aBot, aPainter, aPicture, type BotWorld } from './a-bot.js';

const secret = 'Geheim';
const [owner, stranger] = [userId('1'), userId('2')];
/** Of no other picture here: seen in another chat, it is this one. */
const shape = { width: 900, height: 300 };

/** The ids that a kind of button holds, by the names of its fields. */
type Ids = Readonly<Record<string, string>>;

async function stored(bot: BotWorld, key: string) {
  const bytes = await aPicture(shape.width, shape.height);
  return bot.media.saveImage(
    key,
    (async function* () {
      yield bytes;
    })(),
  );
}

const aForm = (bot: BotWorld, of: typeof owner, prompt: string | null) => {
  const form = {
    ...{
      id: nextUuid(),
      owner: of,
      prompt,
      suggestion: prompt,
      overrides: {},
      picture: null,
      recipe: null,
      createdAt: longAgo,
    },
    origin: { transport: 'telegram', address: { chat: Number(of) } },
    choices: { avatar: null, preset: 'balanced', aspectRatio: null, count: 1 },
  } as const;
  return bot.database.stores.forms.save(form).then(() => form.id);
};

const aView = async (bot: BotWorld, of: typeof owner, images: string[]) => {
  const view = { id: nextUuid(), owner: of, filter: {}, selection: images, removed: images };
  await bot.database.stores.galleryViews.save(view, longAgo);
  return view.id;
};

/** Everything that a person can have, twice: what is there, and what is being made. */
async function everything(bot: BotWorld): Promise<Ids[]> {
  const { stores } = bot.database;
  const ready = await aPainter(bot, 1, { name: secret });
  await givenAvatar(stores, { owner, name: `${secret} 2` });
  const draft = await givenAvatar(stores, { owner, status: 'draft', name: `${secret} 3` });
  await stores.avatarDrafts.save(aDraft({ avatar: draft.id, owner }));
  const { mediaKey, thumbnailKey, width, height, bytes } = await stored(bot, 'photos/a');
  const file = { mediaKey, thumbnailKey, width, height, bytes };
  const photo = aDraftPhoto({
    ...{ ...file, avatar: draft.id, owner },
    ...({ status: 'warned', warnings: ['several_people'] } as const),
  });
  await stores.photos.add(photo);
  const made = { owner, avatar: ready.id, prompt: secret } as const;
  const delivered = await givenGeneration(stores, { ...made, status: 'delivered' });
  const waiting = await givenGeneration(stores, made);
  const picture = anImageRow({
    ...(await stored(bot, `images/${nextUuid()}`)),
    generation: delivered.id,
    owner,
  });
  await stores.images.add([picture]);
  const cell = { number: 1, scale: 1, prompt: secret, generation: delivered.id };
  const training = aTraining({
    ...({ status: 'ready', owner, avatar: ready.id } as const),
    proof: { status: 'composed', sheet: { image: picture, cells: [cell] }, announcedAt: null },
  });
  await stores.trainings.add(training);
  const open = aTraining({ owner, avatar: draft.id });
  await stores.trainings.add(open);
  const form = await aForm(bot, owner, secret);
  const view = await aView(bot, owner, [picture.id]);
  const terms = anOffer({ id: 'month', kind: 'month', name: { en: secret, ru: secret } });
  await stores.payments.keepOffers([terms]);
  const payment = aPayment({ user: owner, offer: terms, credits: 0 });
  await stores.payments.add(payment);
  const { charge } = payment;
  const subscribed = aSubscription({ user: owner, firstCharge: charge, latestCharge: charge });
  await stores.subscriptions.put(subscribed);
  const key: ApiKey = {
    ...{ id: nextUuid(), owner, name: secret, shown: '00000000', digest: 'x', scopes: ['read'] as const },
    ...{ createdAt: longAgo, expiresAt: null, revokedAt: null, lastUsedAt: null },
  };
  await stores.apiKeys.add(key);
  const paid = { payment: payment.id, subscription: subscribed.id, key: key.id };
  const both = { image: picture.id, form, view, photo: photo.id, user: owner, ...paid };
  return [
    { ...both, avatar: ready.id, generation: delivered.id, training: training.id },
    { ...both, avatar: draft.id, generation: waiting.id, training: open.id },
  ];
}

const tables = [
  ...['generations', 'images', 'avatars', 'avatar_drafts', 'draft_photos', 'trainings', 'wishes'],
  ...['gallery_views', 'recipes'],
];
const rowsOf = async ({ pool, database }: BotWorld) => ({
  rows: await Promise.all(
    tables.map(async (table) => {
      const query = `select to_jsonb(t) as row from ${table} t where owner = $1 order by to_jsonb(t)::text`;
      return [table, (await pool.query<{ row: unknown }>(query, [owner])).rows];
    }),
  ),
  account: await database.stores.ledger.account(owner),
  payments: await database.stores.payments.list(owner),
  subscriptions: await database.stores.subscriptions.list(owner),
  keys: await database.stores.apiKeys.list(owner),
});

/** What each kind of button that holds an id would say about these. */
const buttonsFor = (ids: Ids): string[] =>
  buttonKinds().flatMap((kind) => {
    const longest = kind.read(kind.longest) as Readonly<Record<string, unknown>>;
    if (!Object.keys(longest).some((field) => field in ids)) return [];
    const values = Object.entries(longest).map(([field, value]) => [
      field,
      ids[field] ?? (typeof value === 'number' ? 1 : value),
    ]);
    return [kind.data(Object.fromEntries(values))];
  });

test('no button shows, changes or charges anything of somebody else, whichever it is and whatever is mixed in', async () => {
  const bot = await aBot();
  await aPainter(bot, 2, { name: 'Own' });
  const theirs = await everything(bot);
  const own = { form: await aForm(bot, stranger, null), view: await aView(bot, stranger, []) };
  const before = await rowsOf(bot);
  const all = theirs.flatMap((ids) => [...buttonsFor(ids), ...buttonsFor({ ...ids, ...own })]);
  const { drive } = bot.telegram;
  const told: unknown[] = [];
  drive.start(2);
  const api = new Api(bot.telegram.token, { apiRoot: bot.telegram.url });
  for (const data of new Set(all)) {
    // What a forged client could make. Each has its message: some are changed by a tap.
    const reply_markup = { inline_keyboard: [[{ text: data, callback_data: data }]] };
    const { message_id } = await api.sendMessage(2, 'forged', { reply_markup });
    told.push([data, await drive.tap(2, message_id, data)]);
  }
  expect(told.length).toBeGreaterThan(150);
  const chat = drive.messages(2);
  expect([...told, ...chat].filter((each) => JSON.stringify(each).includes(secret))).toEqual([]);
  const shown = chat.flatMap(({ photo, document }) => [photo?.at(-1), document]);
  expect(shown.filter((file) => JSON.stringify(file ?? null).includes(`"width":${shape.width}`))).toEqual([]);
  expect(await rowsOf(bot)).toEqual(before);
  expect(await bot.database.stores.ledger.account(stranger)).toEqual({ balance: 100, held: 0 });
  expect(bot.log.at('error')).toEqual([]);
});
