import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LegacyPostgresAvatars } from '../../../src/adapters/legacy/legacy-postgres-avatars.js';
import { ImportAvatars, type ImportedRow } from '../../../src/application/avatars/import-avatars.js';
import { LegacyUnreadable } from '../../../src/application/ports/legacy-avatars.js';
import { userId } from '../../../src/domain/ids.js';
import { policy } from '../../application/training/training-world.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { fluxEverywhere } from '../../support/safetensors.js';

describe('LegacyPostgresAvatars', () => {
  let old: TestDatabase;
  let client: pg.Client;
  beforeEach(async () => {
    old = await createTestDatabase();
    client = new pg.Client({ connectionString: old.connectionString });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await old.drop();
  });
  const rows = () => new LegacyPostgresAvatars(old.connectionString).rows();

  const full = `
    create type training_type as enum ('portrait', 'style', 'PORTRAIT');
    create table users (id serial primary key, telegram_id bigint, name text);
    create table avatars (id serial primary key, user_id integer, name text, gender text,
      training_type training_type, status text, diffusers_lora_file_url text, finetune_id text,
      trigger_phrase text, trigger_word text, is_main boolean, created_at timestamptz default now());
    insert into users (telegram_id, name) values (123456789, 'Ada'), (987654321, 'Bob');
    insert into avatars (user_id, name, training_type, status, diffusers_lora_file_url, finetune_id, trigger_word, is_main)
    values (1, 'Countess', 'PORTRAIT', 'COMPLETED', 'https://v3.fal.media/files/a.safetensors', null, 'TOK', true),
      (2, 'Strokes', 'style', 'completed', null, 'my-finetune', '', false),
      (1, 'Invented', 'portrait', 'completed', 'https://fallback.example/x.safetensors', null, 'TOK', false),
      (7, 'Nobody', 'portrait', 'completed', 'https://v3.fal.media/files/b.safetensors', null, 'TOK', false)`;

  it('brings the rows with the Telegram ids of their owners, and the import takes them once', async () => {
    await client.query(full);
    const database = new InMemoryDatabase();
    const importAvatars = new ImportAvatars({
      database,
      clock: new FakeClock(),
      ids: new SequentialIds(),
      policy,
      look: fluxEverywhere,
    });
    const seen: ImportedRow[] = [];
    const dry = await importAvatars.execute(await rows(), { dryRun: true, onRow: (row) => seen.push(row) });
    expect(dry).toMatchObject({ imported: 2, updated: 0 });
    expect(seen.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      '1 imported',
      '2 imported',
      '3 skipped',
      '4 skipped',
    ]);
    expect(await database.stores.avatars.list()).toEqual([]);
    expect(await importAvatars.execute(await rows())).toMatchObject({ imported: 2, updated: 0 });
    const ada = await database.stores.avatars.list(userId('123456789'));
    expect(ada).toMatchObject([{ name: 'Countess', type: 'portrait', isMain: true, trigger: 'TOK' }]);
    expect(await importAvatars.execute(await rows())).toMatchObject({ imported: 0, updated: 0 });
  });

  it('leaves an avatar alone that was trained anew here', async () => {
    await client.query(full);
    const database = new InMemoryDatabase();
    const importAvatars = new ImportAvatars({
      database,
      clock: new FakeClock(),
      ids: new SequentialIds(),
      policy,
      look: fluxEverywhere,
    });
    await importAvatars.execute(await rows());
    const [avatar] = await database.stores.avatars.list(userId('123456789'));
    if (avatar?.status !== 'ready') throw new Error('it was imported');
    const model = { kind: 'lora', url: 'https://v3.fal.media/new', mediaKey: 'weights/new' } as const;
    await database.stores.avatars.save({ ...avatar, model });
    expect(await importAvatars.execute(await rows())).toMatchObject({ imported: 0, updated: 0 });
    expect(await database.stores.avatars.find(avatar.id)).toMatchObject({ model });
  });

  it('does without columns and tables that are not there', async () => {
    await client.query(`create table avatars (id uuid, telegram_id bigint, name text);
      insert into avatars values ('30000000-0000-4000-8000-000000000001', 42, 'Ada')`);
    expect(await rows()).toEqual([
      { id: '30000000-0000-4000-8000-000000000001', telegram_id: 42, name: 'Ada' },
    ]);
  });

  it('reads, and could not write', async () => {
    await client.query('create table log (line text)');
    await client.query(`create function trap() returns bigint language plpgsql as
      $$ begin insert into log values ('written'); return 1; end $$`);
    await client.query('create view avatars as select trap() as id');
    await expect(rows()).rejects.toThrow(/read-only/);
    expect((await client.query('select * from log')).rows).toEqual([]);
  });

  it('says what is wrong, and never the password', async () => {
    await expect(rows()).rejects.toThrow('no table "avatars"');
    const nowhere = new LegacyPostgresAvatars('postgres://u:secret-word@127.0.0.1:1/old').rows();
    const error: unknown = await nowhere.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LegacyUnreadable);
    expect(String(error)).not.toContain('secret-word');
  });
});
