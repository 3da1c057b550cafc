#!/usr/bin/env node
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { runCli } from './adapters/cli/cli.js';
import { openCliHost } from './composition/cli-host.js';
import { answerTo } from './exit-code.js';

if (existsSync('.env')) loadEnvFile('.env');

const host = openCliHost(process.env);
try {
  process.exitCode = await runCli(process.argv.slice(2), host);
} catch (error) {
  const { message, exitCode } = answerTo(error);
  if (message !== null) process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
await host.close();
