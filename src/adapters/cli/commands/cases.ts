import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { isUUID } from 'class-validator';
import type { Command } from 'commander';
import { DomainError, invalidInput } from '../../../domain/errors.js';
import { type Case, type CaseAnswer, type Decision, decisionFor } from '../../../domain/operator/case.js';
import { answer } from '../answer.js';
import type { CliHost, CliServices } from '../cli-host.js';
import { table } from '../table.js';

interface Json {
  readonly json?: boolean;
}

const asJson = ['--json', 'one JSON document on stdout'] as const;
const by = { admin: 'cli' } as const;
const listed = 100;

/** What was reported, photos that look like a child's, and appeals: what waits for an operator's word. */
export function addCases(program: Command, host: CliHost): void {
  const cases = program
    .command('cases')
    .description('reports, doubtful photos and appeals that wait for you');
  cases
    .command('list')
    .description('what waits, the oldest first; nothing of what it is about')
    .option(...asJson)
    .action(async ({ json }: Json) => {
      const waiting = await allWaiting(await host.services('reads'));
      answer(host, json, waiting, waiting.length === 0 ? 'nothing waits for you' : tableOf(waiting));
    });
  cases
    .command('show')
    .description('what one is about; that you looked is kept')
    .argument('<id>')
    .option('--out <folder>', 'write its pictures there')
    .option(...asJson)
    .action(async (id: string, { out, json }: Json & { out?: string }) => {
      const { openCase, media } = await host.services('changes');
      const { about, words, pictures } = await openCase.execute({ case: id }, by);
      const files = out === undefined ? [] : await written(media, pictures, out);
      const text = [
        tableOf([about]),
        words ?? 'no words',
        out === undefined ? `${pictures.length} pictures; --out <folder> writes them` : files.join('\n'),
      ].join('\n\n');
      answer(host, json, { ...about, words, pictures: pictures.length, files }, text);
    });
  decides(host, cases, 'allow', 'keep the recipe, let the training begin, or let them in again');
  decides(host, cases, 'refuse', 'hide the recipe, refuse the training, or leave them blocked');
  decides(host, cases, 'block', 'hide the recipe and block whoever shared it');
}

function decides(host: CliHost, cases: Command, name: CaseAnswer, description: string): void {
  cases
    .command(name)
    .description(description)
    .argument('<id>')
    .option('--reason <text>', 'kept in the list of acts, and beside a block')
    .option(...asJson)
    .action(async (id: string, { reason: why, json }: Json & { reason?: string }) => {
      const { decideCase, caseChannel, database } = await host.services('talks');
      if (decideCase === undefined || caseChannel === undefined)
        throw new Error('there is no Telegram to talk to');
      const decided = await decideCase.execute(
        { case: id, decision: await meant(database, id, name), why },
        by,
      );
      const isTold = await caseChannel.tell(decided);
      const said = isTold ? '' : '; they cannot be told: they have blocked the bot, or are gone';
      answer(host, json, { ...decided, isTold }, `${decided.decision}: ${decided.person}${said}`);
    });
}

/** What such an answer comes to for this case. */
async function meant({ stores }: CliServices['database'], id: string, name: CaseAnswer): Promise<Decision> {
  const found = isUUID(id) ? await stores.cases.find(id) : null;
  if (found === null) throw new DomainError({ code: 'not_found', what: `case in "cases list": ${id}` });
  const decision = decisionFor(found.kind, name);
  const allowed = 'allow or refuse: only whoever shared a recipe is blocked like this';
  if (decision === null)
    throw invalidInput([{ field: 'decision', code: 'not_supported', received: name, allowed }]);
  return decision;
}

async function allWaiting({ showCases }: CliServices): Promise<Case[]> {
  const found: Case[] = [];
  for (let skip = 0; skip < listed; skip++) {
    const { shown, waiting } = await showCases.execute({ skip });
    if (shown !== null && skip < waiting) found.push(shown);
    if (shown === null || skip + 1 >= waiting) break;
  }
  return found;
}

async function written(media: CliServices['media'], keys: readonly string[], out: string): Promise<string[]> {
  await mkdir(out, { recursive: true });
  return Promise.all(
    keys.map(async (key, index) => {
      const path = resolve(join(out, `${index + 1}${extname(key) || '.jpg'}`));
      await writeFile(path, await media.bytes(key));
      return path;
    }),
  );
}

const tableOf = (cases: readonly Case[]): string =>
  table(
    ['id', 'kind', 'about', 'person', 'reporter', 'since', 'photos'],
    cases.map(({ id, kind, category, person, reporter, openedAt, photos }) => [
      ...[id, kind, category, person, reporter, openedAt, photos.length],
    ]),
  );
