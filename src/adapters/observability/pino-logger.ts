import { pino } from 'pino';
import type { Logger } from '../../application/ports/logger.js';
import { loggable } from './loggable.js';
import { createMask } from './mask.js';
import { terminalLine } from './terminal-line.js';

type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LoggerOptions {
  /** Entries below it are not written. */
  readonly level: LogLevel;
  /** The error output of the process, unless given. */
  readonly destination?: { write(text: string): unknown; readonly isTTY?: boolean } | undefined;
  /** Lines for a person instead of JSON; when not given, on a terminal. */
  readonly pretty?: boolean | undefined;
  /** Masked wherever they occur: the fal key, the bot token, the database's password. */
  readonly secrets?: readonly string[] | undefined;
}

/** Names with which every entry begins; a fact of such a name gets a `_` behind it. */
const taken = new Set(['level', 'time', 'pid', 'message']);

/**
 * A structured log: one JSON document per line, `{ level, time, pid, …facts, message }`. Whatever the facts hold,
 * it shows no secret, no query of an address (signed ones) and no prompt; see `createMask` and `loggable`.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { level, destination = process.stderr, pretty = destination.isTTY === true } = options;
  const mask = createMask(options.secrets);
  const stream = pretty
    ? { write: (line: string) => destination.write(terminalLine(line, level === 'debug')) }
    : { write: (line: string) => destination.write(line) };
  const log = pino(
    {
      level,
      base: { pid: process.pid },
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  const at =
    (name: Exclude<LogLevel, 'silent'>): Logger['info'] =>
    (message, facts = {}) => {
      if (log.isLevelEnabled(name)) log[name](factsOf(facts, mask), mask(message));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function factsOf(facts: Readonly<Record<string, unknown>>, mask: (text: string) => string): object {
  const plain = loggable(facts, mask) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(plain).map(([key, value]) => [taken.has(key) ? `${key}_` : key, value]),
  );
}
