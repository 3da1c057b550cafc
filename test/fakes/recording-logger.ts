import type { Logger } from '../../src/application/ports/logger.js';

export interface LogLine {
  readonly level: keyof Logger;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export class RecordingLogger implements Logger {
  readonly lines: LogLine[] = [];

  debug(message: string, facts: LogLine['facts'] = {}): void {
    this.lines.push({ level: 'debug', message, facts });
  }

  info(message: string, facts: LogLine['facts'] = {}): void {
    this.lines.push({ level: 'info', message, facts });
  }

  warn(message: string, facts: LogLine['facts'] = {}): void {
    this.lines.push({ level: 'warn', message, facts });
  }

  error(message: string, facts: LogLine['facts'] = {}): void {
    this.lines.push({ level: 'error', message, facts });
  }

  /** The messages of one level, in order. */
  at(level: LogLine['level']): string[] {
    return this.lines.filter((line) => line.level === level).map(({ message }) => message);
  }
}
