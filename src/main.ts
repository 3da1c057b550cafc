#!/usr/bin/env node
import 'reflect-metadata';
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runCli } from './adapters/cli/cli.js';
import { readSettings } from './composition/settings/env-file.js';
import { openCliHost } from './program/cli-host.js';
import { answerTo } from './program/exit-code.js';

// As `npm start` has it, for whoever starts `aisha` itself; its other flags can only be given to node: docs/decisions/0036.
if (!process.execArgv.some((flag) => flag.startsWith('--heap-growing-percent')))
  setFlagsFromString('--heap-growing-percent=40');

// Of a name with several addresses Node gives up on each but the last after 250 ms. From far away that is every one that
// works, and where there is no IPv6 the last one never does. Time enough to send a lost first packet again.
// Source: https://github.com/nodejs/node/issues/54359
setDefaultAutoSelectFamilyAttemptTimeout(2500);

try {
  process.exitCode = await main();
} catch (error) {
  const { message, exitCode } = answerTo(error);
  if (message !== null) process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}

async function main(): Promise<number> {
  const settings = readSettings('.env', process.env);
  // Libraries have variables of their own, such as PGSSLROOTCERT.
  Object.assign(process.env, settings.variables);
  const host = openCliHost(settings.variables, settings.file);
  try {
    return await runCli(process.argv.slice(2), host);
  } finally {
    await host.close();
  }
}
