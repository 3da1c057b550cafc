import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import '../../src/composition/settings/environment.js';
import { readers, secrets } from '../../src/composition/settings/setting-kinds.js';
import { stages } from './dockerfile.js';

const path = 'deploy/aisha.service';
const lines = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => /^\w+=/.test(line));
const valuesOf = (name: string) =>
  lines.flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : []));
const environment = Object.fromEntries(
  valuesOf('Environment').flatMap((value) =>
    value.split(' ').map((pair) => pair.split('=') as [string, string]),
  ),
);
const credentials = valuesOf('LoadCredential').map((value) => value.split(':') as [string, string]);

test('the unit starts the program with the flags of npm start, and the variables of the image', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [command = ''] = valuesOf('ExecStart');
  expect(command.replace('/usr/bin/', '').replace('/opt/aisha/', '')).toBe(scripts.start);
  const { NODE_ENV, MALLOC_ARENA_MAX, MALLOC_MMAP_THRESHOLD_ } = stages().at(-1)?.environment ?? {};
  expect(environment).toMatchObject({ NODE_ENV, MALLOC_ARENA_MAX, MALLOC_MMAP_THRESHOLD_ });
  expect(environment.DATA_DIR).toBe(`/var/lib/${valuesOf('StateDirectory')}`);
});

test('each credential is a secret that the program reads, and nothing else is told to it', () => {
  const files = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'));
  expect(files.map(([, file]) => file)).toEqual(credentials.map(([name]) => `%d/${name}`));
  for (const [name] of files) expect(secrets).toContain(name.replace(/_FILE$/, ''));
  for (const [name, from] of credentials) expect(from).toBe(`/etc/aisha/secrets/${name}`);
  const others = Object.keys(environment).filter((name) => !name.endsWith('_FILE') && !readers.has(name));
  expect(others.sort()).toEqual(['MALLOC_ARENA_MAX', 'MALLOC_MMAP_THRESHOLD_', 'NODE_ENV']);
});

test('it is given as long to end as in a container, and no mistake in its settings is tried again', () => {
  const grace = /stop_grace_period: (\d+)s/.exec(readFileSync('compose.yaml', 'utf8'))?.[1];
  expect(valuesOf('TimeoutStopSec')).toEqual([grace]);
  expect(valuesOf('RestartPreventExitStatus')).toEqual(['2']);
  expect(valuesOf('KillMode')).toEqual(['mixed']);
  expect(lines.filter((line) => line.startsWith('MemoryDenyWriteExecute'))).toEqual([]);
});

const systemd = (() => {
  try {
    return execFileSync('systemd-analyze', ['--version'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return null;
  }
})();
const analyze = (...words: string[]) => promisify(execFile)('systemd-analyze', [...words, path]);

test('systemd understands every line of it', async ({ skip }) => {
  skip(systemd === null, 'The unit is not looked at here: there is no systemd-analyze.');
  // Where nobody has installed it, that is all it has to say.
  const { stdout, stderr } = await analyze('verify').catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  const said = `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '' && !line.includes('is not executable'));
  expect(said).toEqual([]);
});

test('systemd finds it shut off well', async ({ skip }) => {
  skip(systemd === null, 'The unit is not looked at here: there is no systemd-analyze.');
  const { stdout } = await analyze('security', '--offline=true', '--no-pager');
  const exposure = Number(/Overall exposure level for aisha.service: ([\d.]+)/.exec(stdout)?.[1]);
  expect(exposure).toBeLessThan(2);
});
