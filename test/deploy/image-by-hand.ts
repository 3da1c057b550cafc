import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Stage, stages } from './dockerfile.js';

/** Why the layout of the image cannot be tried on this machine; `null`: it can. */
export function whyNot(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it takes root of a Linux';
  try {
    execFileSync('unshare', ['--mount', 'sh', '-c', 'setpriv --version && mount -t tmpfs none /mnt'], {
      stdio: 'pipe',
    });
    return null;
  } catch {
    return 'this machine allows no mounts of its own';
  }
}

/**
 * Lays the last stage of the Dockerfile over this machine, which stands for the base image, and runs words in it as the
 * image says: its user, folder, variables and volume, everything else read-only. Copies of the first stage are those of
 * this checkout. Nothing outside of `folder` is written, and the process is the program itself.
 */
export class ImageByHand {
  private readonly image: Stage;

  constructor(
    private readonly folder: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {
    const image = stages().at(-1);
    if (image === undefined) throw new Error('The Dockerfile has no stage');
    this.image = image;
    for (const name of ['over', 'data']) mkdirSync(join(folder, name), { recursive: true });
  }

  get entrypoint(): string[] {
    return JSON.parse(this.image.says.ENTRYPOINT ?? '[]');
  }

  get command(): string[] {
    return JSON.parse(this.image.says.CMD ?? '[]');
  }

  get healthCheck(): string[] {
    return JSON.parse(this.image.says.HEALTHCHECK?.replace(/^.*?CMD /, '') ?? '[]');
  }

  start(words: readonly string[]): ChildProcess {
    const { USER = '', WORKDIR = '/' } = this.image.says;
    const [uid, gid] = USER.split(':');
    const privileges = ['--clear-groups', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'];
    const person = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, ...privileges];
    const script = [this.mounts(), `exec chroot root ${person.join(' ')} env -C ${WORKDIR} "$@"`].join('\n');
    return spawn('unshare', ['--mount', 'sh', '-ec', script, 'sh', ...words], {
      cwd: this.folder,
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
        ...this.image.environment,
        ...this.variables,
      },
    });
  }

  async run(words: readonly string[]): Promise<{ code: number | null; output: string }> {
    const child = this.start(words);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    const [code] = await once(child, 'close');
    return { code, output };
  }

  /** In the order of the Dockerfile; then all is closed but what the image may write to. */
  private mounts(): string {
    const { VOLUME: volume = '/data', WORKDIR = '/' } = this.image.says;
    const steps = this.image.steps.flatMap((step) => {
      if (step.kind === 'run') return [`chroot root sh -c '${step.command}'`];
      const isFolder = step.target.endsWith('/') && step.target !== './';
      return step.sources.map((source) => {
        const name = source.replace(/^\/build\//, '').replace(/\/$/, '');
        const target = join(WORKDIR, isFolder ? step.target : name);
        return `mkdir -p root${dirname(target)}; ${bind(resolve(name), `root${target}`)}`;
      });
    });
    return [
      'mount -t tmpfs none over; mkdir over/upper over/work root 2>/dev/null || mkdir -p over/upper over/work',
      'mount -t overlay none -o lowerdir=/,upperdir=over/upper,workdir=over/work root',
      'mount --rbind /dev root/dev; mount -t proc none root/proc',
      // Of the base image: its node, and the account of its user.
      bind(process.execPath, 'root/usr/local/bin/node'),
      'grep -q "^[^:]*:[^:]*:1000:" root/etc/passwd || echo "node:x:1000:1000::/:/bin/sh" >> root/etc/passwd',
      ...steps,
      'chown 1000:1000 data; chmod 700 data',
      'mount -o remount,ro root',
      `mount --bind data root${volume}; mount -t tmpfs none root/tmp; chmod 1777 root/tmp`,
    ].join('\n');
  }
}

/** Read-only, and of one file or one folder. */
const bind = (from: string, to: string): string =>
  `if [ -d '${from}' ]; then mkdir -p '${to}'; else touch '${to}'; fi; mount --bind '${from}' '${to}'; mount -o remount,bind,ro '${to}'`;
