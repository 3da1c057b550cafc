import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiError, ApiSuccess } from 'grammy/types';
import { BotApiError, badRequest, tooManyRequests } from '../bot-api-error.js';
import type { World } from '../state/world.js';
import type { WebhookReply } from '../updates/webhook.js';
import type { BotApiCall, CallLog } from './call-log.js';
import type { FaultKind, FaultScript } from './faults.js';
import type { FloodLimits } from './flood-limits.js';
import { findMethod } from './methods.js';
import { methodAtTelegram } from './methods-at-telegram.js';
import { todaysMethod, todaysParameters } from './older-names.js';
import { type CallBody, parseBody } from './request-body.js';
import { checkPlace } from './unknown-places.js';

/** What goes back over the wire; `dropped`: nothing does, the connection is cut. */
export type CallAnswer = ApiSuccess<unknown> | ApiError | 'dropped';

/** Carries out calls of the bot: faults first, then the method; everything is logged. */
export class CallHandler {
  constructor(
    private readonly world: World,
    private readonly faults: FaultScript,
    private readonly floodLimits: FloodLimits,
    private readonly log: CallLog,
  ) {}

  async answer(name: string, body: CallBody, connectionClosed: AbortSignal): Promise<CallAnswer> {
    const at = this.world.now();
    const note = (answer: BotApiCall['answer']) => {
      const call = { method: name, parameters: parametersOf(body), at, answer };
      this.log.add(call);
      this.world.events.emit({ type: 'call', call });
    };
    const fault = this.faults.next(name, body.values.chat_id ?? body.values.user_id);
    try {
      if (fault !== undefined && (await strikes(fault))) {
        note({ ok: false, dropped: 'before' });
        return 'dropped';
      }
      const result = await this.perform(name, body, connectionClosed);
      if (fault?.kind === 'error') throw new BotApiError(fault.code, fault.description);
      note(fault?.kind === 'drop_after' ? { ok: false, dropped: 'after' } : { ok: true, result });
      return fault?.kind === 'drop_after' ? 'dropped' : { ok: true, result };
    } catch (error) {
      if (!(error instanceof BotApiError)) throw error;
      const { code, description, parameters } = error;
      note({ ok: false, code, description });
      return {
        ok: false,
        error_code: code,
        description,
        ...(parameters === undefined ? {} : { parameters }),
      };
    }
  }

  /** A call that came as a webhook's answer. What names no method is no call: most bots answer "OK". */
  async reply({ bytes, contentType }: WebhookReply): Promise<void> {
    if (!/^(application\/json|multipart\/form-data|application\/x-www-form-urlencoded)/i.test(contentType))
      return;
    try {
      const { values, uploads } = parseBody(bytes, contentType);
      const { method, ...rest } = values;
      if (typeof method === 'string')
        await this.answer(method, { values: rest, uploads }, new AbortController().signal);
    } catch (error) {
      if (!(error instanceof BotApiError)) throw error;
    }
  }

  private async perform(name: string, body: CallBody, connectionClosed: AbortSignal): Promise<unknown> {
    const method = findMethod(todaysMethod(name));
    if (method === undefined) throw unknownMethod(todaysMethod(name));
    this.floodLimits.check(method.name, body.values.chat_id);
    checkPlace(method.name, body.values);
    const values = todaysParameters(body.values);
    return method.call({ ...body, values }, this.world, connectionClosed);
  }
}

/**
 * Some libraries take a 404 for a wrong token: what is only missing here must not look so. Others send an older kind of
 * message when they read Telegram's "method not found".
 */
function unknownMethod(name: string): BotApiError {
  const real = methodAtTelegram(name);
  return real === undefined
    ? new BotApiError(404, 'Not Found: method not found')
    : badRequest(`the sandbox does not know ${real} yet: method not found`);
}

/** True when the connection has to be cut before anything is done. */
async function strikes(fault: FaultKind): Promise<boolean> {
  switch (fault.kind) {
    case 'flood':
      throw tooManyRequests(fault.retryAfter);
    case 'bad_gateway':
      throw new BotApiError(502, 'Bad Gateway');
    case 'error':
      if (fault.isDone) return false;
      throw new BotApiError(fault.code, fault.description);
    case 'delay':
      await sleep(fault.milliseconds);
      return false;
    case 'hang':
      await fault.until();
      return false;
    case 'drop_before':
      return true;
    case 'drop_after':
      return false;
    default:
      return fault satisfies never;
  }
}

/** As a test wants to see them: JSON decoded, files by name and size. */
function parametersOf({ values, uploads }: CallBody): Record<string, unknown> {
  const shown = Object.entries(values).map(([name, value]) => [name, decoded(value)]);
  const files = [...uploads].map(([name, { name: file, bytes }]) => [name, { file, bytes: bytes.length }]);
  return Object.fromEntries([...shown, ...files]);
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
