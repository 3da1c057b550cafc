import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openApiFile, openApiSource } from '../../../scripts/openapi.js';
import { apiWorld } from './api-world.js';

it('is the one in the repository; after a change: npm run openapi', async () => {
  const { api } = await apiWorld();
  const served = await (await api.request('/openapi.json')).json();
  expect(JSON.parse(await readFile(openApiFile, 'utf8'))).toEqual(served);
  expect(await openApiSource()).toBe(await readFile(openApiFile, 'utf8'));
});

it('describes each route with an operation of its own, a scope’s refusal and problems', async () => {
  const { paths } = JSON.parse(await readFile(openApiFile, 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string; responses: Record<string, unknown> }>>;
  };
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(operations.length);
  for (const { responses } of operations) expect(responses).toHaveProperty('default');
});

it('requires the Idempotency-Key that the service requires', async () => {
  const { paths } = JSON.parse(await readFile(openApiFile, 'utf8')) as {
    paths: Record<string, Record<string, { parameters?: { name: string; required: boolean }[] }>>;
  };
  const keys = Object.values(paths)
    .flatMap((path) => Object.values(path))
    .flatMap(({ parameters = [] }) => parameters.filter(({ name }) => name === 'idempotency-key'));
  expect(keys.map(({ required }) => required)).toEqual([true, true, true, true, true]);
});

it('is shown on a page that takes nothing from elsewhere', async () => {
  const { api } = await apiWorld();
  const page = await api.request('/docs');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|\*/);
  const html = await page.text();
  expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  for (const [, file = ''] of html.matchAll(/(?:src|href)="(docs\/[^"]+)"/g))
    expect((await api.request(`/${file}`)).status).toBe(200);
});
