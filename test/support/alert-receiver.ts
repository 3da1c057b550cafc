import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedAlert {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whether a body was signed as Standard Webhooks 1.0 says, not more than five minutes from `now`. */
export function isSigned(
  headers: Readonly<Record<string, string>>,
  body: string,
  secret: string,
  now: Date,
): boolean {
  const {
    'webhook-id': id = '',
    'webhook-timestamp': timestamp = '',
    'webhook-signature': given = '',
  } = headers;
  if (!/^\d+$/.test(timestamp) || Math.abs(Number(timestamp) - now.getTime() / 1000) > 300) return false;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return given.split(' ').some((each) => {
    const [version, signature = ''] = each.split(',');
    const bytes = Buffer.from(signature, 'base64');
    return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}

/** A receiver of alerts on this machine: takes what is rightly signed, in the order in which it came. */
export async function openReceiver(secret: string, now: () => Date) {
  const received: ReceivedAlert[] = [];
  const refused: string[] = [];
  /** Answers in place of taking, one after the other. */
  const troubles: ((response: ServerResponse) => void)[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const headers = flat(request.headers);
      if (!isSigned(headers, body, secret, now())) {
        refused.push(body);
        response.writeHead(401).end();
        return;
      }
      const trouble = troubles.shift();
      if (trouble !== undefined) {
        trouble(response);
        return;
      }
      received.push({ id: headers['webhook-id'], ...JSON.parse(body) });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/alerts?token=of-the-receiver`,
    received,
    refused,
    troubles,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
