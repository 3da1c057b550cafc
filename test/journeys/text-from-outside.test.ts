import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FalPromptAssistant } from '../../src/adapters/fal/fal-prompt-assistant.js';
import { PostgresDatabase } from '../../src/adapters/postgres/postgres-database.js';
import { userId } from '../../src/domain/ids.js';
import { aBot, aPainter, type BotWorld } from '../adapters/telegram/a-bot.js';
import { anyLetter } from '../fixtures/any-letter.js';
import { nastyCases } from '../fixtures/nasty-strings.js';
import {
  type BorderWorld,
  borders,
  share,
  type TalkativeFal,
  talkativeFal,
} from '../support/text-borders.js';

const mark = 'zqx';
let fal: TalkativeFal;
let world: BorderWorld;

beforeEach(async () => {
  fal = await talkativeFal();
  const account = { apiKey: 'k', queueUrl: `${fal.server.url}/queue`, restUrl: `${fal.server.url}/rest` };
  const promptAssistant = new FalPromptAssistant({ ...account, pollMilliseconds: 1 });
  const rules = { priceImage: 0, openPerUser: 100_000, admins: new Set([userId('1')]) };
  const bot = await aBot(rules, {
    publicUrl: 'https://aisha.example',
    promptAssistant,
    endsWaitMilliseconds: 1,
  });
  await aPainter(bot, 1, { trigger: 'TOK' });
  bot.telegram.drive.start(1);
  world = worldOf(bot);
});
afterEach(() => fal.server.close());

function worldOf(bot: BotWorld): BorderWorld {
  let id = 1000;
  const secret = String(bot.telegram.calls.of('setWebhook')[0]?.parameters.secret_token);
  const post = async (content: object) => {
    id += 1;
    const body = JSON.stringify({ update_id: id, ...content });
    const { status } = await bot.transport.webhook({
      header: () => secret,
      body: async () => Buffer.from(body),
    });
    // Larger than anything of Telegram's.
    if (status !== 200 && body.length < 1_000_000) throw new Error(`the webhook answered ${status}`);
  };
  const open = `select count(*)::int as open from seen_updates where not done and body is not null
    and source like 'telegram:%' and source not like '% %'`;
  return {
    bot,
    fal,
    update: post,
    quiet: () =>
      expect
        .poll(async () => (await poolOf(bot).query<{ open: number }>(open)).rows[0]?.open, { interval: 5 })
        .toBe(0),
  };
}

function poolOf({ database }: BotWorld) {
  if (!(database instanceof PostgresDatabase)) throw new Error('the columns are those of a real database');
  return database.pool;
}

/** What must not have happened, whatever came in. */
function expectNothingStopped({ metrics, log }: BotWorld): void {
  expect(metrics.updatesSetAside).toBe(0);
  const troubles = log.lines.filter(
    ({ level, message }) => level === 'error' || message.includes('could not be dealt with'),
  );
  expect(troubles).toEqual([]);
}

describe.each(Object.entries(borders))('%s', (_name, border) => {
  // A few seconds on a machine that has nothing else to do.
  test('take in every nasty text, and nothing stops', async () => {
    for (const [, text] of nastyCases) await border(world, `${mark} ${text}`);
    expectNothingStopped(world.bot);
  });

  test('take in whatever can be typed', async () => {
    const odd = fc.constantFrom('\0', '\ud83d', '\ude00', '\u202e', '😀', '\uffff');
    const text = fc.array(fc.oneof(odd, fc.string({ unit: anyLetter, maxLength: 4 })), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, (parts) => border(world, parts.join(''))),
      { numRuns: 10 },
    );
    expectNothingStopped(world.bot);
  });
});

test('every column for text is known, and has from outside what it may have', async () => {
  const { bot } = world;
  const pool = poolOf(bot);
  const { rows } = await pool.query<{ place: string }>(textColumns);
  const columns = rows.map(({ place }) => place);
  const unknown = columns.filter((place) => !fromOutside.includes(place) && !ours.includes(place));
  expect(
    unknown,
    'can a text from outside get there? Say so here, and how: test/support/text-borders.ts',
  ).toEqual([]);
  expect([...fromOutside, ...ours].filter((place) => !columns.includes(place))).toEqual([]);
  const reached = await watchColumns(bot, async () => {
    for (const text of [`${mark} \0 \ud83d knight`, `${mark}\0\ud83d`])
      for (const border of Object.values(borders)) await border(world, text);
    await bot.finish();
    // It is kept when something is found.
    await borders.search(world, mark);
    await share(world);
  });
  expect(reached).toEqual([...fromOutside].sort());
  expectNothingStopped(bot);
});

/** Columns in which what was said outside stands in its own words. */
const fromOutside = [
  'admissions.language',
  'admissions.name',
  'api_keys.name',
  'avatars.legacy_id',
  'avatars.model',
  'avatars.name',
  'avatars.trigger',
  'blocked_people.why',
  'expectations.subject',
  'gallery_views.filter',
  'generations.failure',
  'generations.order',
  'generations.prompt',
  'images.sought',
  'ledger_entries.account',
  'ledger_entries.reason',
  'receipts.outcome',
  'moderation_cases.words',
  'operator_acts.why',
  'operator_intents.act',
  'recipes.prompt',
  'seen_updates.body',
  'seen_updates.source',
  'trainings.failure',
  'users.display_name',
  'users.language',
  'wishes.prompt',
  'wishes.suggestion',
];

/** Columns that hold our own words, numbers and ids, or what a pattern or a list let through. */
const ours: string[] = Object.entries({
  access_links: 'code',
  api_keys: 'digest owner scopes shown',
  // What a request is called has to be visible ASCII; answers are numbers and ids of ours.
  api_requests: 'answer digest owner value',
  accounts: 'user_id',
  admissions: 'link state user_id',
  alerts: 'facts kind subject',
  alert_tellings: 'told way',
  allowances: 'kind owner',
  avatar_drafts: 'consent memo origin owner',
  avatars: 'earlier failure_reason owner status type',
  books_read: 'last',
  deleted_legacy_avatars: 'legacy_id',
  deletion_receipts: 'at_fal counts',
  // Of a URL of ASCII, and what we say of jobs.
  event_hooks: 'events last_trouble owner secret url',
  hook_events: 'data id type',
  draft_photos: 'fingerprint media_key owner source_sha256 status thumbnail_key upload warnings',
  expectations: 'chat kind owner',
  follow_ups: 'source',
  gallery_views: 'owner',
  generations:
    'last_error seen_by endpoint lease_owner origin overrides owner preset progress request_key status ticket',
  images: 'content_type media_key owner preset sha256 thumbnail_key',
  installation: 'mode',
  offers: 'id terms',
  money_messages: 'kind subject user_id',
  payments: 'charge offer_id status user_id',
  subscriptions: 'first_charge latest_charge offer_id state user_id',
  promo_codes: 'code shown',
  promo_redemptions: 'charge code user_id',
  referrals: 'charge friend referrer',
  job_messages: 'language source',
  judging_attempts: 'owner source_sha256',
  ledger_entries: 'kind user_id',
  moderation_cases: 'category decision key kind person photos reporter subject',
  blocked_people: 'user_id',
  picture_limits: 'user_id',
  // Endpoints that we order from: those of others are one sum.
  provider_bills: 'day endpoint',
  operator_acts: 'act admin details subject',
  operator_intents: 'admin',
  broadcasts: 'admin card counts message status translations',
  broadcast_people: 'state taken_by user_id',
  unreachable_people: 'user_id',
  own_files: 'handle name source',
  preferences: 'aspect_ratio language last_choices preset prompt_help user_id',
  receipts: 'reference request_id ticket',
  recipes: 'overrides owner preset',
  refused_submits: 'endpoint job',
  retired_endpoints: 'endpoint',
  seen_updates: 'last_error claimed_by person',
  sent_files: 'form handle source',
  trainings:
    'last_error seen_by lease_owner order origin owner progress proof request_key speed status ticket weights',
  users: 'id',
  wishes: 'choices origin overrides owner picture',
  workers: 'id queue_ids',
}).flatMap(([table, columns]) => columns.split(' ').map((column) => `${table}.${column}`));

/** Runs the work and returns the columns in which the mark stood meanwhile, if only for a moment. */
async function watchColumns(bot: BotWorld, work: () => Promise<void>): Promise<string[]> {
  const pool = poolOf(bot);
  await pool.query(`
    create schema watching;
    create table watching.places (place text primary key);
    create function watching.look() returns trigger language plpgsql as $$
      begin
        insert into watching.places select tg_table_name || '.' || key from jsonb_each_text(to_jsonb(new))
          where value like '%${mark}%' on conflict do nothing;
        return null;
      end $$;
    do $$ declare name text; begin
      for name in select tablename from pg_tables where schemaname = 'public' loop
        execute format('create trigger watching after insert or update on %I
          for each row execute function watching.look()', name);
      end loop; end $$`);
  try {
    await work();
    const { rows } = await pool.query<{ place: string }>('select place from watching.places order by 1');
    return rows.map(({ place }) => place).sort();
  } finally {
    await pool.query('drop schema watching cascade');
  }
}

const textColumns = `select table_name || '.' || column_name as place
  from information_schema.columns join information_schema.tables using (table_schema, table_name)
  where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%'
    and (data_type in ('text', 'jsonb', 'json', 'character varying', 'character', 'xml', 'USER-DEFINED')
      or (data_type = 'ARRAY' and udt_name in ('_text', '_varchar', '_jsonb')))
  order by 1`;
