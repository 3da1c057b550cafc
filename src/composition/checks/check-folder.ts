import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Finding } from '../../adapters/cli/cli-host.js';
import { FolderDisk } from '../../adapters/system/folder-disk.js';
import { type OpenToOthers, openToOthers } from '../../adapters/system/private-files.js';
import type { Config } from '../settings/config.js';

/** Whether there is a place for files, and room in it. */
export async function checkFolder({ dataDir, diskFloorBytes }: Config): Promise<Finding> {
  try {
    await access(dataDir, constants.W_OK);
    const free = await new FolderDisk([dataDir]).freeBytes();
    const gigabytes = (free / 1e9).toFixed(1);
    return {
      subject: 'data folder',
      ok: free >= diskFloorBytes,
      detail: `${dataDir} is writable, ${gigabytes} GB free`,
      advice:
        'Free some space: nothing is bought with less than DISK_FLOOR_MB, and the database stops when all is full.',
    };
  } catch (error) {
    return {
      subject: 'data folder',
      ok: false,
      detail: `${dataDir} is not writable: ${error instanceof Error ? error.message : String(error)}`,
      advice: 'Set DATA_DIR to a folder this user may write to.',
    };
  }
}

/** Of what grows with every picture so many are looked at: a second's work, however much there is. */
const filesAtMost = 20_000;
/** More than this is not worth counting. */
const enough = 1000;

/** Whether other users of the machine can read our files. @param full every one of them */
export async function checkPrivacy({ dataDir }: Config, full: boolean): Promise<Finding> {
  const subject = 'file modes';
  const open: OpenToOthers[] = [];
  try {
    for await (const found of openToOthers(dataDir, full ? undefined : filesAtMost))
      if (open.push(found) === enough) break;
  } catch (error) {
    const detail = `they cannot be looked at: ${error instanceof Error ? error.message : String(error)}`;
    return { subject, ok: false, detail, advice: 'Run this as the user who runs the service.' };
  }
  const [first] = open;
  if (first === undefined)
    return {
      subject,
      ok: true,
      detail: `pictures, weights, logs and locks are closed to other users${full ? '' : ` (looked at: ${filesAtMost} at most; --full: all)`}`,
    };
  const many = open.length === enough ? `at least ${enough}` : open.length;
  return {
    subject,
    ok: false,
    detail: `others can read or enter ${many} of our files and folders, ${first.path} (${first.mode.toString(8)}) first`,
    advice: 'The next start of the service closes what belongs to its user; chmod go= does so now.',
  };
}
