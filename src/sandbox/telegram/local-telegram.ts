import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { CallHandler } from './bot-api/call-handler.js';
import { CallLog } from './bot-api/call-log.js';
import { FaultScript } from './bot-api/faults.js';
import { FloodLimits } from './bot-api/flood-limits.js';
import { createBotApiServer } from './bot-api/server.js';
import { ChatDriver } from './driver/chat-driver.js';
import { newBotToken } from './new-bot-token.js';
import { botOf, defaultPeople, type Person } from './people.js';
import { World } from './state/world.js';
import type { NextPictureMenu } from './web/next-picture.js';
import { createWebChat } from './web/web-chat.js';

export interface LocalTelegramOptions {
  /** Where chats and files are kept; a new start with the same folder goes on where the last one ended. */
  readonly folder: string;
  /** Any free port when not given. */
  readonly port?: number;
  /** The bot token that is accepted; one of its own for each start when not given, so that nobody guesses it. */
  readonly token?: string;
  /** `sandbox_bot` when not given. */
  readonly botUsername?: string;
  /** `Sandbox bot` when not given. */
  readonly botName?: string;
  /** Who chats with the bot: "You" and "Guest" when not given. */
  readonly people?: readonly Person[];
  /** How many of the bot's calls are kept to be looked at; 10,000 when not given. */
  readonly keptCalls?: number;
  /** What its chat can make go wrong with the next picture, where pictures are made here. */
  readonly nextPicture?: NextPictureMenu;
  /** The clock behind all dates and the patience of questions. */
  readonly now?: () => Date;
}

export interface LocalTelegram {
  /** What the bot takes for `https://api.telegram.org`, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly token: string;
  /** The web chat, to be mounted with `route('/sandbox', app)`; also served here under `/sandbox/`. */
  readonly app: Hono;
  /** Makes calls fail on request. */
  readonly faults: FaultScript;
  /** Telegram's limits on sending, off until enabled. */
  readonly floodLimits: FloodLimits;
  /** Whether a bot waits for updates. */
  readonly polling: { readonly isWaiting: boolean };
  /** Acts as a person and sees what they see. */
  readonly drive: ChatDriver;
  /** What the bot called. */
  readonly calls: CallLog;
  close(): Promise<void>;
}

/** Starts a Bot API server on loopback, with people to chat with and no network behind it. */
export async function startLocalTelegram(options: LocalTelegramOptions): Promise<LocalTelegram> {
  const token = options.token ?? newBotToken();
  const now = options.now ?? (() => new Date());
  const world = new World({
    folder: options.folder,
    bot: botOf(token, options.botUsername ?? 'sandbox_bot', options.botName ?? 'Sandbox bot'),
    people: options.people ?? defaultPeople,
    now,
  });
  const faults = new FaultScript();
  const floodLimits = new FloodLimits(now);
  const calls = new CallLog(options.keptCalls);
  const handler = new CallHandler(world, faults, floodLimits, calls);
  world.webhook.onReply((reply) => void handler.reply(reply));
  const drive = new ChatDriver(world);
  const ending = new AbortController();
  const app = createWebChat(world, drive, ending.signal, options.nextPicture);
  const site = new Hono().route('/sandbox', app).get('/', (context) => context.redirect('/sandbox/'));
  const server = createBotApiServer({
    token,
    handler,
    sendFile: (path, response) => sendFile(world.files.locate(path), response),
    otherwise: getRequestListener(site.fetch),
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    world.close();
    throw error;
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The local Telegram has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    token,
    app,
    faults,
    floodLimits,
    polling: world.polling,
    drive,
    calls,
    close: async () => {
      ending.abort();
      const closed = server.listening ? once(server, 'close') : undefined;
      server.close();
      server.closeAllConnections();
      await closed;
      world.close();
    },
  };
}

function sendFile(place: string | undefined, response: ServerResponse): boolean {
  if (place === undefined || !existsSync(place)) return false;
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  createReadStream(place).pipe(response);
  return true;
}
