import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PrometheusMetrics } from '../../../src/adapters/observability/prometheus-metrics.js';
import type { StatsSnapshot } from '../../../src/application/ports/system-stats.js';
import { entryKinds } from '../../../src/domain/ledger.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';

const rules = readFileSync('docs/alerts.yml', 'utf8').replaceAll(/^\s*#.*$/gm, '');
const { panels }: { panels: { targets: { expr: string }[] }[] } = JSON.parse(
  readFileSync('deploy/grafana/aisha.json', 'utf8'),
);
const dashboard = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');

const snapshot: StatsSnapshot = {
  generations: {
    ...{ accepted: 0, submitting: 0, submitted: 0, collected: 0 },
    ...{ delivered: 0, blocked: 0, failed: 0, cancelled: 0 },
  },
  trainings: { accepted: 0, submitting: 0, training: 0, ready: 0, failed: 0, cancelled: 0 },
  unannounced: 0,
  dead: { generation: 0, training: 0, update: 0 },
  waitingPayments: { refund: { payments: 1, stars: 75 }, offer: { payments: 2, stars: 150 } },
  waitingEvents: { well: 0, failing: 0, lateSeconds: 0 },
  jobs: [{ task: 'submit-next', state: 'dead', count: 1 }],
  oldestReadySeconds: 0,
  ledger: {
    ...{ grant: 0, hold: 0, capture: 0, release: 0, refund: 0 },
    ...{ purchase: 0, payback: 0, chargeback: 0, expiry: 0 },
  },
  balance: 0,
  held: 0,
  workersAlive: 0,
  stars: {
    ...{ paid: 900, refunded: 100, commission: 12_500, differing: 2, differingStars: 150 },
    ...{ endAt: new Date(1_800_000_000_000), balance: -20_000, unexplained: -500 },
  },
  bill: {
    day: '2026-11-27',
    lines: [
      { endpoint: '', reckoned: 0, billed: 20_000 },
      { endpoint: 'fal-ai/flux-lora', reckoned: 1_000_000, billed: 1_250_000 },
    ],
  },
  retiredEndpoints: ['fal-ai/flux-lora'],
};

test.each([
  ['an alert', rules],
  ['the dashboard', dashboard],
])('every metric that %s names is shown, with the labels that it asks for', async (_, text) => {
  const metrics = new PrometheusMetrics({
    ...{ log: new RecordingLogger(), stats: { count: async () => snapshot } },
    disk: { freeBytes: async () => 1 },
  });
  metrics.accepted('telegram');
  metrics.left('submitted', 1);
  for (const reason of ['stale', 'forged', 'foreign', 'unsigned']) metrics.webhookRefused(reason);
  metrics.deliveryRetried('telegram');
  metrics.choreFailed('sweep');
  const { body } = await metrics.scrape();
  const shown = body.split('\n').filter((line) => !line.startsWith('#'));
  const named = [...text.matchAll(/\b((?:aisha|nodejs|process)_\w+)(?:\{(\w+)=~?"([^"]*)"\})?/g)];
  expect(named.length).toBeGreaterThan(20);
  const missing = named.flatMap(([, name = '', label, values = '']) =>
    (label === undefined ? [null] : values.split('|'))
      .map((value) => (value === null ? '' : `${label}="${value}"`))
      .filter((pair) => !shown.some((line) => line.split(/[ {]/)[0] === name && line.includes(pair)))
      .map((pair) => `${name}{${pair}}`),
  );
  expect(missing).toEqual([]);
});

test.each(['docs/alerts.yml', 'docs/operations.md', 'deploy/grafana/aisha.json'])(
  '%s adds up every kind of entry of the ledger',
  (path) => {
    const [first] = readFileSync(path, 'utf8')
      .replaceAll('\\"', '"')
      .matchAll(/aisha_ledger_credits\{kind=~"([\w|]+)"\}\)[^{]*aisha_ledger_credits\{kind=~"([\w|]+)"\}/g);
    const kinds = [first?.[1], first?.[2]].flatMap((part) => part?.split('|') ?? []);
    expect(kinds.sort()).toEqual([...entryKinds].sort());
  },
);
