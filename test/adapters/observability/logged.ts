import { createLogger, type LoggerOptions } from '../../../src/adapters/observability/pino-logger.js';

/** A logger and what it has written so far. */
export function logged(options: Partial<LoggerOptions> = {}) {
  let text = '';
  const destination = {
    write: (piece: string) => {
      text += piece;
    },
  };
  const log = createLogger({ level: 'info', destination, ...options });
  return {
    log,
    text: () => text,
    lines: () => text.split('\n').slice(0, -1),
    entries: (): Record<string, unknown>[] =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  };
}
