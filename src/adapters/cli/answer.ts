import type { CliHost } from './cli-host.js';

/** The result of a command: `value` as JSON for scripts, else `text` for people. */
export const answer = (host: CliHost, json: boolean | undefined, value: unknown, text: string): void =>
  host.out(`${json === true ? JSON.stringify(value, null, 2) : text}\n`);
