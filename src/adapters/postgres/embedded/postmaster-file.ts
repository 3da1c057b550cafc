import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, inFolder, unlessMissing } from './cluster-error.js';

/** What a running server writes into `postmaster.pid` of its cluster. */
export interface PostmasterFile {
  readonly content: string;
  /** Undefined when the file is empty or torn, as after a power cut. */
  readonly pid: number | undefined;
  /** Undefined in the first milliseconds of a start. */
  readonly port: number | undefined;
  /** Whether it said that it takes connections. True also if it was killed since. */
  readonly ready: boolean;
}

/** Larger than any process id of the supported systems, so never that of a living process. */
const nobodysPid = 2_147_483_646;

const pathOf = (cluster: string) => join(cluster, 'postmaster.pid');

/** Undefined if there is no such file, which means that no server runs. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const content = await inFolder(cluster, () => unlessMissing(readShared(pathOf(cluster))));
  if (content === undefined) return undefined;
  const lines = content.split('\n');
  return {
    content,
    pid: positiveInteger(lines[0]),
    port: positiveInteger(lines[3]),
    ready: /^ready/.test(lines[7] ?? ''),
  };
}

/** On Windows the file cannot be read for a moment while the server writes it. */
async function readShared(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'EBUSY') return '';
    throw error;
  }
}

/**
 * Makes a file whose pid belongs to another program by now harmless: a new server would refuse to start because of
 * it. Only the pid is replaced. The other lines stay, since by them a new server recognises left-over processes of
 * the old one and refuses, rightly, to touch their data.
 */
export async function disownPostmasterFile(cluster: string, file: PostmasterFile): Promise<void> {
  const path = pathOf(cluster);
  if ((await readPostmasterFile(cluster))?.content !== file.content) return;
  await inFolder(cluster, async () => {
    if (file.pid === undefined) return rm(path, { force: true });
    // In place, so that it still belongs to the server's account; and only if a server has not just removed it.
    const content = file.content.replace(/^\s*\d+/, String(nobodysPid));
    await unlessMissing(writeFile(path, content, { flag: 'r+' }));
  });
}

function positiveInteger(line: string | undefined): number | undefined {
  const value = Number(line);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
