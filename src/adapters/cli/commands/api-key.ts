import type { Command } from 'commander';
import { userProblems } from '../../../application/input/user-id.js';
import { keyScopes, usualScopes } from '../../../domain/api-key.js';
import { invalidInput } from '../../../domain/errors.js';
import { type UserId, userId } from '../../../domain/ids.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { table } from '../table.js';

interface Terms {
  readonly user: string;
  readonly name: string;
  readonly scopes?: string;
  readonly expires?: string;
  readonly json?: boolean;
}

const asJson = ['--json', 'one JSON document on stdout'] as const;

/** Keys that let people's programs in by the HTTP API. */
export function addApiKeys(program: Command, host: CliHost): void {
  const keys = program.command('api-key').description('keys of the HTTP API: a key is its owner');
  keys
    .command('create')
    .description('make a key; its text is shown this once')
    .requiredOption('--user <telegram id>', 'whose programs it lets in')
    .requiredOption('--name <text>', 'to tell it from their others')
    .option(
      '--scopes <list>',
      `of ${keyScopes.join(', ')}, with commas between; default: ${usualScopes.join(',')}`,
    )
    .option('--expires <date>', 'its last day (UTC), like 2027-01-31; default: until it is revoked')
    .option(...asJson)
    .action(async ({ user, name, scopes, expires, json }: Terms) => {
      const owner = personNamed(user);
      const { createApiKey } = await host.services('changes');
      const terms = { name, expires, scopes: scopes?.split(',').map((scope) => scope.trim()) };
      const { key, text } = await createApiKey.execute(terms, { owner });
      answer(host, json, { id: key.id, key: text }, text);
    });
  keys
    .command('list')
    .description('keys, newest first; never their text')
    .option('--user <telegram id>', 'theirs alone')
    .option(...asJson)
    .action(async ({ user, json }: { user?: string; json?: boolean }) => {
      const { database } = await host.services('reads');
      const owner = user === undefined ? undefined : personNamed(user);
      const rows = (await database.stores.apiKeys.list(owner)).map(({ digest: _, ...key }) => key);
      const lines = rows.map(({ id, owner, name, shown, scopes, lastUsedAt, expiresAt, revokedAt }) => [
        ...[id, owner, name, `aisha_${shown}_…`, scopes.join(','), lastUsedAt, expiresAt, revokedAt],
      ]);
      const heads = ['id', 'user', 'name', 'key', 'scopes', 'last used', 'expires', 'revoked'];
      answer(host, json, rows, rows.length === 0 ? 'there are no keys' : table(heads, lines));
    });
  keys
    .command('revoke')
    .description('let nobody in by a key any more')
    .argument('<id>')
    .option(...asJson)
    .action(async (id: string, { json }: { json?: boolean }) => {
      const { revokeApiKey } = await host.services('changes');
      await revokeApiKey.execute({ id }, 'operator');
      answer(host, json, { id, state: 'revoked' }, `${id} is revoked`);
    });
}

function personNamed(text: string): UserId {
  const problems = userProblems('user', text);
  if (problems.length > 0) throw invalidInput(problems);
  return userId(text);
}
