import { Command, type ErrorOptions, type ParseOptionsResult } from 'commander';

/** Names all unknown options at once: commander itself names the first. */
export class StrictCommand extends Command {
  private unknown: readonly string[] = [];

  override createCommand(name?: string): StrictCommand {
    return new StrictCommand(name);
  }

  override parseOptions(args: string[]): ParseOptionsResult {
    const parsed = super.parseOptions(args);
    const end = parsed.unknown.indexOf('--');
    const unread = parsed.unknown.slice(0, end < 0 ? undefined : end);
    this.unknown = unread.flatMap((word) => /^--?[^\d\s=-][^=]*/.exec(word)?.[0] ?? []);
    return parsed;
  }

  override error(message: string, options?: ErrorOptions): never {
    const all = this.unknown.map((flag) => `'${flag}'`).join(', ');
    const isOneOfSeveral = options?.code === 'commander.unknownOption' && this.unknown.length > 1;
    return super.error(isOneOfSeveral ? `error: unknown options ${all}` : message, options);
  }
}
