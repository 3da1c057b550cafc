import type { FalHosts } from '../../src/sandbox/fal/recording/fal-recorder.js';
import type { Target } from './compare.js';
import type { Call } from './probes.js';

export const realTelegram = 'https://api.telegram.org';

export function falTarget(name: string, addresses: FalHosts, key: string, may: Target['may']): Target {
  return {
    ...{ name, may },
    ask: ({ host, key: shown, ...call }) =>
      ask(`${addresses[host as keyof FalHosts]}${call.path}`, call, authorization(shown, key)),
  };
}

/** @param chat where a message may be sent to */
export function telegramTarget(
  name: string,
  root: string,
  token: string,
  may: Target['may'],
  chat = '1',
): Target {
  return {
    ...{ name, may },
    ask: ({ path, key, ...call }) => {
      const shown = key === 'right' ? token : '1234567890:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
      const json = JSON.parse(JSON.stringify(call.json ?? {}).replaceAll('"{chat}"', JSON.stringify(chat)));
      return ask(`${root}/bot${shown}${path}`, { ...call, json }, {});
    },
  };
}

const authorization = (shown: Call['key'], key: string): Record<string, string> =>
  shown === 'none' ? {} : { authorization: `Key ${shown === 'right' ? key : 'no-such-key:0000'}` };

async function ask(
  url: string,
  { method, json }: Pick<Call, 'method' | 'json'>,
  headers: Record<string, string>,
) {
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  return { status: response.status, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
