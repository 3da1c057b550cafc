import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/composition/settings/config.js';
import { runningServer } from '../adapters/http/running-server.js';
import { stages } from './dockerfile.js';

interface Service {
  readonly profiles?: readonly string[];
  readonly image: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly deploy?: { readonly replicas: number };
  readonly stop_grace_period?: string;
  readonly healthcheck?: unknown;
  readonly read_only?: boolean;
  readonly init?: boolean;
  readonly tmpfs?: string;
}

interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { file: string }>>;
}

const {
  name: project,
  services,
  volumes,
  secrets,
}: Compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
const ours = Object.entries(services).filter(([, { image }]) => image === 'aisha');
const example = parseEnv(readFileSync('.env.example', 'utf8'));
const image = stages().at(-1);

const folder = mkdtempSync(join(tmpdir(), 'aisha-compose-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `${NAME:-else}` as Compose fills it in. */
const filledIn = (text: string, variables: NodeJS.Dict<string>): string =>
  text.replaceAll(
    /\$\{(\w+):-([^}]*)\}/g,
    (_, name: string, otherwise: string) => variables[name] || otherwise,
  );

const held: Readonly<Record<string, string>> = {
  'telegram-bot-token': '1:token',
  'fal-key': 'key:of-fal',
  'database-url': 'postgres://aisha:word@postgres/aisha',
};

/** What the program is told in a container, with `.env` a copy of the example that says `more`. */
function configIn(name: string, more: NodeJS.Dict<string> = {}) {
  const { environment = {}, env_file } = services[name] ?? {};
  const settings = { ...example, ...more };
  const told = Object.entries(environment).map(([key, value]) => [key, filledIn(value, settings)]);
  const variables: NodeJS.Dict<string> = {
    ...image?.environment,
    ...(env_file === '.env' ? settings : {}),
    ...Object.fromEntries(told),
  };
  for (const [key, value] of Object.entries(variables)) {
    const secret = /^\/run\/secrets\/(.+)$/.exec(value ?? '')?.[1];
    if (secret === undefined) continue;
    expect(services[name]?.secrets).toContain(secret);
    variables[key] = join(folder, secret);
    writeFileSync(join(folder, secret), held[secret] ?? '', { mode: 0o600 });
  }
  return loadConfig(variables);
}

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Services that start with these profiles. */
const started = (...profiles: string[]) =>
  Object.keys(services).filter(
    (name) => services[name]?.profiles?.some((profile) => profiles.includes(profile)) ?? true,
  );

test('each profile starts what it is for', () => {
  expect(started()).toEqual(['bot', 'postgres']);
  expect(started('scale')).toEqual(['bot', 'worker', 'http', 'postgres', 'caddy']);
  expect(started('metrics')).toEqual(['bot', 'postgres', 'prometheus', 'grafana']);
  // Started by its name: alone, since it needs no other.
  expect(services.demo).toMatchObject({ profiles: ['demo'] });
  expect(services.demo?.depends_on).toBeUndefined();
});

test('all that is mounted, kept or handed over is there', () => {
  const mounts = Object.values(services).flatMap(({ volumes = [] }) =>
    volumes.map((mount) => mount.split(':')[0]),
  );
  const files = mounts.filter((from) => from?.startsWith('./'));
  expect(files.filter((from) => !existsSync(from ?? ''))).toEqual([]);
  expect(new Set(mounts.filter((from) => !from?.startsWith('./')))).toEqual(new Set(Object.keys(volumes)));
  const used = new Set(Object.values(services).flatMap(({ secrets = [] }) => secrets));
  expect(used).toEqual(new Set(Object.keys(secrets)));
  for (const { file } of Object.values(secrets)) expect(file).toMatch(/^\.\/secrets\//);
  expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain('/secrets/');
});

test('the folder deploy has nothing that is not used', () => {
  const mounted = Object.values(services).flatMap(({ volumes = [] }) =>
    volumes.map((mount) => mount.split(':')[0]),
  );
  const unused = filesIn('deploy').filter((path) => !mounted.includes(`./${path}`));
  expect(unused).toEqual(['deploy/aisha.service']);
});

test('everything starts from a copy of the example, and its empty lines change nothing', () => {
  const config = configIn('bot');
  expect(config).toMatchObject({ mode: 'live', dataDir: '/data', httpHost: '0.0.0.0', httpPort: 8080 });
  expect(config).toMatchObject({ statusPort: 8081, databaseUrl: held['database-url'] });
  expect([...config.roles]).toEqual(['bot', 'worker', 'http']);
  expect(configIn('demo')).toMatchObject({ mode: 'sandbox', databaseUrl: null, dataDir: '/data' });
});

test('on a larger scale there is one bot, and every process can be asked how it is', () => {
  const settings = { ROLES: 'bot,http', PUBLIC_URL: 'https://bot.example' };
  const rolesOf = (name: string) => [...configIn(name, settings).roles];
  expect(rolesOf('bot')).toEqual(['bot', 'http']);
  expect(services.bot?.deploy).toBeUndefined();
  expect(rolesOf('worker')).toEqual(['worker', 'http']);
  expect(rolesOf('http')).toEqual(['http']);
  expect([services.worker, services.http].map((service) => service?.deploy?.replicas)).toEqual([2, 2]);
});

test('all processes together open no more connections than PostgreSQL has', () => {
  const processes = ['bot', 'worker', 'worker', 'http', 'http'];
  const most = processes.reduce((sum, name) => sum + configIn(name).databaseConnections, 0);
  // 3 of its 100 are for administrators, and a command of ours opens some more.
  expect(most).toBeLessThan(100 - 3 - configIn('bot').databaseConnections);
});

test('no container of ours can change its own files, and each is given time to deliver what it has', () => {
  const sources = filesIn('src/adapters/telegram').map((path) => readFileSync(path, 'utf8'));
  const seconds = sources.flatMap((text) =>
    [...text.matchAll(/timeoutSeconds: (\d+)/g)].map(([, n]) => Number(n)),
  );
  expect(seconds.length).toBeGreaterThan(1);
  for (const [, service] of ours) {
    expect(service).toMatchObject({ read_only: true, tmpfs: '/tmp', init: true, build: '.' });
    expect(Number.parseInt(service.stop_grace_period ?? '', 10)).toBeGreaterThan(Math.max(...seconds));
    expect(service.volumes?.[0]?.split(':')[1]).toBe(image?.environment.DATA_DIR);
  }
});

test('whoever needs the database waits until it answers, and it keeps its files where 18 has them', () => {
  for (const [name, service] of ours)
    if (name !== 'demo') expect(service.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  expect(services.postgres?.healthcheck).toMatchObject({
    test: ['CMD', 'pg_isready', '-U', services.postgres?.environment?.POSTGRES_USER, '-d', 'aisha'],
  });
  expect(services.postgres).toMatchObject({
    image: 'postgres:18',
    volumes: ['postgres:/var/lib/postgresql'],
  });
});

test('only the proxy is open to the world, and it and Prometheus ask where the program answers', () => {
  const open = Object.entries(services).filter(([, { ports = [] }]) =>
    ports.some((port) => !port.startsWith('127.0.0.1:')),
  );
  expect(open.map(([name]) => name)).toEqual(['caddy']);
  const { HTTP_PORT, STATUS_PORT } = image?.environment ?? {};
  const proxy = readFileSync('deploy/Caddyfile', 'utf8');
  expect(proxy).toContain(`reverse_proxy /webhooks/telegram bot:${HTTP_PORT}`);
  for (const name of ['demo', 'bot']) expect(services[name]?.ports).toEqual([`127.0.0.1:8080:${HTTP_PORT}`]);
  const [job] = parse(readFileSync('deploy/prometheus.yml', 'utf8')).scrape_configs;
  expect(job.dns_sd_configs[0]).toMatchObject({
    names: ['bot', 'worker', 'http'],
    port: Number(STATUS_PORT),
  });
});

test('the proxy knows each web server by the name of its container, and asks it whether it reaches the database', async () => {
  const proxy = readFileSync('deploy/Caddyfile', 'utf8');
  const { HTTP_PORT, STATUS_PORT } = image?.environment ?? {};
  const replicas = Array.from({ length: services.http?.deploy?.replicas ?? 0 }, (_, index) => index + 1);
  const names = replicas.map((number) => `${project}-http-${number}:${HTTP_PORT}`);
  expect(proxy).toContain(`reverse_proxy @calls ${names.join(' ')} {`);
  expect(proxy).toContain(`health_port ${STATUS_PORT}\n`);
  const asked = /health_uri (\S+)/.exec(proxy)?.[1] ?? '';
  const { url, statusUrl } = await runningServer({ statusPort: 0 });
  expect([(await fetch(statusUrl + asked)).status, (await fetch(url + asked)).status]).toEqual([200, 404]);
});

test('the proxy tells a web server when somebody who followed an order has gone', () => {
  expect(readFileSync('deploy/Caddyfile', 'utf8')).not.toMatch(/^\s*flush_interval/m);
});

test('Grafana finds the dashboard where it is mounted', () => {
  const [provider] = parse(readFileSync('deploy/grafana/dashboards.yml', 'utf8')).providers;
  expect(services.grafana?.volumes?.join(' ')).toContain(`:${provider.options.path}/aisha.json:ro`);
  const [source] = parse(readFileSync('deploy/grafana/datasource.yml', 'utf8')).datasources;
  const { panels } = JSON.parse(readFileSync('deploy/grafana/aisha.json', 'utf8'));
  for (const panel of panels) expect(panel.datasource.uid).toBe(source.uid);
  expect(source.url).toBe('http://prometheus:9090');
});
