import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { readers } from '../../src/composition/settings/setting-kinds.js';
import '../../src/composition/settings/environment.js';
import { stages } from './dockerfile.js';

const [build, image] = stages();
const packaged = JSON.parse(readFileSync('package.json', 'utf8'));
/** Not settings of ours: Node's, and those of the C library. */
const foreign = ['NODE_ENV', 'MALLOC_ARENA_MAX', 'MALLOC_MMAP_THRESHOLD_'];
const ignored = readFileSync('.dockerignore', 'utf8').split('\n');

test('the Dockerfile is one, without a fault', () => {
  expect(validate(readFileSync('Dockerfile', 'utf8'))).toEqual([]);
  expect(stages()).toHaveLength(2);
});

test('both stages stand on the same slim image of a Node that the program runs on', () => {
  expect(image?.base).toBe(build?.base);
  const [, major] = /^node:(\d+)-\w+-slim$/.exec(image?.base ?? '') ?? [];
  expect(Number(major)).toBeGreaterThanOrEqual(Number.parseInt(packaged.engines.node.slice(2), 10));
  expect(Number(major) % 2).toBe(0);
});

test('all that is copied exists, and nothing else reaches the build', () => {
  const copied = stages().flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'copy' && step.from === null ? step.sources : [])),
  );
  expect(copied.filter((source) => !existsSync(source))).toEqual([]);
  const allowed = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  expect(ignored).toContain('*');
  expect([...new Set(copied.map((source) => source.replace(/\/$/, '')))].sort()).toEqual(allowed.sort());
});

test('the image has all that npm would publish, and what that needs', () => {
  const taken = image?.steps.flatMap((step) => (step.kind === 'copy' ? step.sources : [])) ?? [];
  const names = taken.map((source) => source.replace(/^\/build\//, ''));
  const published = packaged.files.filter((name: string) => name !== 'README.md');
  expect(names.sort()).toEqual([...published, 'node_modules', 'package.json'].sort());
});

test('every variable of the image is a setting, and its ports are those that it opens', () => {
  const { environment = {}, says = {} } = image ?? {};
  const unknown = Object.keys(environment).filter((name) => !readers.has(name) && !foreign.includes(name));
  expect(unknown).toEqual([]);
  expect(environment).toMatchObject({ HTTP_HOST: '0.0.0.0', DATA_DIR: says.VOLUME });
  expect(says.EXPOSE?.split(' ')).toEqual([environment.HTTP_PORT, environment.STATUS_PORT]);
});

test('node is the process, with the flags of npm start, and gets the signal that ends it', () => {
  const words = [...JSON.parse(image?.says.ENTRYPOINT ?? ''), ...JSON.parse(image?.says.CMD ?? '')];
  expect(words.join(' ')).toBe(packaged.scripts.start);
  expect(image?.says).toMatchObject({ STOPSIGNAL: 'SIGTERM', USER: '1000:1000', WORKDIR: '/app' });
});

test('the labels name what this is', () => {
  expect(image?.labels).toMatchObject({
    'org.opencontainers.image.version': packaged.version,
    'org.opencontainers.image.licenses': packaged.license,
  });
});
