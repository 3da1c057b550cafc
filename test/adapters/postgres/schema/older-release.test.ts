import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenUser } from '../../../support/builders/given.js';
import { someone } from '../../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../open-postgres.js';

let postgres: OpenedPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.close());

/** As the release before 0029-open-questions wrote it. */
const olderQuestion = `
  insert into expectations (owner, chat, kind, subject, created_at) values ($1, '1', 'avatar-name', 'x', now())
  on conflict (owner, chat) do update set kind = excluded.kind, subject = excluded.subject`;

it('a question of an older release that still runs fails whole, and takes no other one with it', async () => {
  const { stores } = postgres.database;
  await givenUser(stores, { id: someone });
  const open = { owner: someone, chat: '1', kind: 'prompt', subject: 'a form' } as const;
  await stores.pendingReplies.expect(open, new Date());
  // As docs/operations.md says of an upgrade. 42P10: there is no such unique index.
  await expect(postgres.pool.query(olderQuestion, [someone])).rejects.toMatchObject({ code: '42P10' });
  expect(await stores.pendingReplies.list(someone, '1')).toEqual([open]);
});
