import { describe, expect, onTestFinished, test } from 'vitest';
import { PostgresDatabase } from '../../../../src/adapters/postgres/postgres-database.js';
import { maximumUpdateTries } from '../../../../src/application/policy/policy.js';
import { FakeClock } from '../../../fakes/fake-clock.js';
import { nastyCases } from '../../../fixtures/nasty-strings.js';
import { aBot, aPainter, type BotWorld } from '../a-bot.js';

const chat = { id: 1, type: 'private', first_name: 'You' } as const;
const person = { id: 1, is_bot: false, first_name: 'You', language_code: 'en' };
const message = (changes: object) => ({
  message_id: 1,
  date: Math.floor(Date.now() / 1000),
  chat,
  from: person,
  ...changes,
});

/** By webhook, for what a person's own program cannot send. */
async function post(bot: BotWorld, update: object): Promise<number> {
  const secret = String(bot.telegram.calls.of('setWebhook')[0]?.parameters.secret_token);
  const header = () => secret;
  const body = async () => Buffer.from(JSON.stringify(update));
  return (await bot.transport.webhook({ header, body })).status;
}

/** Refuses what says `unkeepable`, as the database's encoding might. */
async function refusing(bot: BotWorld): Promise<void> {
  const { database } = bot;
  if (!(database instanceof PostgresDatabase)) throw new Error('a real database is needed');
  await database.pool.query(`
    create function refuse_words() returns trigger language plpgsql as $$
      begin raise exception 'no such letter' using errcode = '22P05'; end $$;
    create trigger refuse_words before insert on seen_updates for each row
      when (not new.done and new.body::text like '%unkeepable%') execute function refuse_words()`);
  onTestFinished(async () => {
    await database.pool.query('drop function refuse_words cascade');
  });
}

const isAnswered = async (bot: BotWorld, id = 2) => {
  bot.telegram.drive.sendText(id, '/help');
  await bot.telegram.drive.waitForMessage(id, ({ from }) => from !== id);
};

describe('what people send by polling', () => {
  test('is kept and dealt with, whatever it says', async () => {
    const bot = await aBot({ priceImage: 0, openPerUser: 100 });
    await aPainter(bot);
    const { drive } = bot.telegram;
    for (const [, text] of nastyCases) {
      drive.sendText(1, text);
      drive.send(1, { document: { file_id: 'f', file_unique_id: 'f', file_name: text } });
    }
    await isAnswered(bot);
    await bot.transport.stop();
    expect(bot.metrics.updatesSetAside).toBe(0);
    expect(bot.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(bot.log.at('warn').join()).not.toContain('could not be dealt with');
  });

  test('is given up after many tries: the person is told, the operator alerted', async () => {
    const bot = await aBot();
    const { database } = bot;
    if (!(database instanceof PostgresDatabase)) throw new Error('a real database is needed');
    bot.telegram.drive.sendText(1, '/help');
    await bot.telegram.drive.waitForMessage(1, ({ from }) => from !== 1);
    const body = { update_id: 900_000_001, message: message({ text: 'kills whoever reads it' }) };
    // As many processes have died with it as may.
    await database.pool.query(
      `insert into seen_updates (source, update_id, received_at, body, tries)
       values ($1, $2, now() - interval '10 min', $3, $4)`,
      [`telegram:${bot.telegram.token.split(':')[0]}`, body.update_id, body, maximumUpdateTries],
    );
    const told = await bot.telegram.drive.waitForMessage(
      1,
      ({ text }) => text?.includes('went wrong') ?? false,
    );
    expect(told.buttons.flat().map(({ text }) => text)).toContain('🎨 Make a picture');
    expect(bot.metrics.givenUp).toEqual(['update']);
    expect(bot.log.at('error')).toEqual(['an update was tried too often and is given up']);
    expect((await database.stores.updates.dead(10)).map(({ id }) => id)).toEqual([body.update_id]);
  });

  test('is set aside alone when it can never be kept: everybody else is answered', async () => {
    const bot = await aBot();
    await refusing(bot);
    const { drive } = bot.telegram;
    drive.sendText(1, 'unkeepable');
    await isAnswered(bot);
    expect(bot.metrics.updatesSetAside).toBe(1);
    expect(bot.log.at('error').join()).toContain('set aside');
    expect(bot.transport.complaint()).toBeNull();
    expect(drive.messages(1).filter(({ from }) => from !== 1)).toEqual([]);
  });
});

describe('what comes by webhook', () => {
  // More than a megabyte is not from Telegram, and refused at the door.
  const cases = nastyCases.filter(([, text]) => text.length < 100_000);
  test.each(cases)('is answered, with %s in every place', async (_name, text) => {
    const bot = await aBot({}, { publicUrl: 'https://aisha.example/' });
    await aPainter(bot);
    const from = { ...person, first_name: text, last_name: text, username: text };
    const tapped = { message_id: 1, date: 0, chat };
    const photo = [{ file_id: text, file_unique_id: text, width: 1, height: 1 }];
    const odd = [
      { message: message({ from, text }) },
      { message: message({ from, photo, caption: text, media_group_id: text }) },
      { message: message({ from, document: { file_id: text, file_unique_id: text, file_name: text } }) },
      { callback_query: { id: '7', from, chat_instance: text, message: tapped, data: text } },
      { callback_query: { id: '8', from, chat_instance: text, message: tapped, data: `v:${text}` } },
      { inline_query: { id: '9', from, query: text, offset: text } },
      { [text]: text },
    ];
    for (const [index, update] of odd.entries())
      expect(await post(bot, { update_id: 500 + index, ...update })).toBe(200);
    expect(await post(bot, { update_id: 600, message: message({ text: '/help' }) })).toBe(200);
    await bot.transport.stop();
    expect(bot.metrics.updatesSetAside).toBe(0);
    expect(bot.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(bot.log.at('warn').join()).not.toContain('could not be dealt with');
  });

  test('is acknowledged and set aside when it can never be kept', async () => {
    const bot = await aBot({}, { publicUrl: 'https://aisha.example/' });
    await refusing(bot);
    expect(await post(bot, { update_id: 7, message: message({ text: 'unkeepable' }) })).toBe(200);
    expect(bot.metrics.updatesSetAside).toBe(1);
  });

  test('is not acknowledged while the database is away, and readiness says for how long', async () => {
    const clock = new FakeClock(new Date());
    const bot = await aBot({}, { publicUrl: 'https://aisha.example/', clock });
    const { database } = bot;
    if (!(database instanceof PostgresDatabase)) throw new Error('a real database is needed');
    await database.pool.query('alter table seen_updates rename to away');
    expect(await post(bot, { update_id: 7, message: message({ text: '/help' }) })).toBe(503);
    clock.advance(30);
    expect(bot.transport.complaint()).toContain('not been kept for 30 s');
    await database.pool.query('alter table away rename to seen_updates');
    expect(await post(bot, { update_id: 7, message: message({ text: '/help' }) })).toBe(200);
    expect(bot.transport.complaint()).toBeNull();
    expect(bot.metrics.updatesSetAside).toBe(0);
  });
});
