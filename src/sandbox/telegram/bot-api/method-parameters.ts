import type { ApiMethods, Opts } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import type { Upload } from './multipart.js';
import type { CallBody } from './request-body.js';

export type MethodName = keyof ApiMethods;
/** The fields that a method has according to grammY's types: a wrong name does not compile. */
export type FieldOf<Method extends MethodName> =
  Opts<Method> extends infer Each ? (Each extends unknown ? string & keyof Each : never) : never;

/** The parameters of one method. */
export type MethodParameters<Method extends MethodName> = Fields<FieldOf<Method>>;

/** The words that Telegram takes for yes. */
export const isTrue = (value: unknown): boolean =>
  ['true', '1', 'yes', 't'].includes(String(value ?? '').toLowerCase());

/** The parameters of one call, read as Telegram reads them: everything may also come as a string. */
export class Fields<Name extends string> {
  /** Makes fields of a method usable where fewer are needed, and never the other way round. */
  declare readonly accepts: (name: Name) => void;

  constructor(
    private readonly body: CallBody,
    /** Aborts when the caller hangs up. */
    readonly connectionClosed: AbortSignal,
  ) {}

  has(name: Name): boolean {
    const value = this.body.values[name];
    return value !== undefined && value !== null && value !== '';
  }

  /** Empty when missing. */
  text(name: Name): string {
    const value = this.body.values[name];
    if (value === undefined || value === null) return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  /** Undefined when missing or no number. */
  integer(name: Name): number | undefined {
    const text = this.text(name).trim();
    return /^-?\d+$/.test(text) ? Number(text) : undefined;
  }

  flag(name: Name): boolean {
    return isTrue(this.text(name));
  }

  /**
   * An object or array that may come JSON-encoded in a string; undefined when missing.
   * @throws BotApiError 400 `can't parse <what> JSON object`
   */
  json(name: Name, what: string): unknown {
    if (!this.has(name)) return undefined;
    const value = this.body.values[name];
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw badRequest(`can't parse ${what} JSON object`);
    }
  }

  /** @throws BotApiError 400 when it is missing or nothing like a chat id */
  chatId(name: Name): number {
    if (!this.has(name)) throw badRequest('chat_id is empty');
    const id = this.integer(name);
    if (id === undefined) throw badRequest('chat not found');
    return id;
  }

  /** A file sent under the field's own name. */
  upload(name: Name): Upload | undefined {
    return this.body.uploads.get(name);
  }

  /** A file that an `attach://<name>` points to. */
  attached(name: string): Upload | undefined {
    return this.body.uploads.get(name);
  }
}
