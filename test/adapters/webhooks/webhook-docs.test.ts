import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { signedHeaders } from '../../../src/adapters/webhooks/signed-headers.js';
import { hookEvents } from '../../../src/domain/hooks/event-hook.js';

const page = readFileSync('docs/api.md', 'utf8');

it('shows how to check a signature, and that works', async () => {
  const [, snippet = ''] = page.match(/```js\n(import \{ createHmac[\s\S]*?)```/) ?? [];
  const { isFromAisha } = await import(`data:text/javascript,${encodeURIComponent(snippet)}`);
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const now = new Date('2026-01-01T12:00:00Z');
  const [id, body] = ['evt_1', '{"type":"generation.done"}'];
  const headers = signedHeaders({ id, body, secret, now });
  expect(isFromAisha(headers, body, secret, now.getTime())).toBe(true);
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  const later = now.getTime() + 301_000;
  expect(isFromAisha(headers, `${body} `, secret, now.getTime())).toBe(false);
  expect(isFromAisha(headers, body, other, now.getTime())).toBe(false);
  expect(isFromAisha(headers, body, secret, later)).toBe(false);
  expect(isFromAisha({ ...headers, 'webhook-timestamp': 'x' }, body, secret, now.getTime())).toBe(false);
  expect(isFromAisha({}, body, secret, now.getTime())).toBe(false);
});

it('names every event, and when it comes', () => {
  for (const [name, when] of Object.entries(hookEvents)) expect(page).toContain(`| \`${name}\` | ${when} |`);
});
