import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FalSettings, RunningFal } from '../adapters/cli/stand-ins.js';
import { inFolder } from '../adapters/postgres/embedded/cluster-error.js';
import { startLocalFal } from '../sandbox/fal/local-fal.js';
import { newFalKey } from '../sandbox/fal/new-fal-key.js';
import { realFal, startFalRecorder } from '../sandbox/fal/recording/fal-recorder.js';
import { startFalReplay } from '../sandbox/fal/recording/fal-replay.js';
import { RecordingFolder } from '../sandbox/fal/recording/recording-folder.js';
import { ConfigError } from './settings/config.js';
import { readSecretFiles } from './settings/secret-files.js';
import { openPlace, portTrouble } from './stand-in-place.js';

/**
 * fal without our bot: drawn pictures, or the real one with a recorder before it, or what was recorded.
 * @throws CannotListen, AlreadyRunning, ConfigError
 */
export async function openFalAlone(
  settings: FalSettings,
  variables: Variables,
): Promise<RunningFal & { close(): Promise<void> }> {
  const key = settings.key ?? newFalKey();
  try {
    const server = await started(settings, key, variables);
    return { ...addressesOf(server.url), key, close: server.close };
  } catch (error) {
    throw portTrouble(error, settings.port);
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

async function started(
  settings: FalSettings,
  key: string,
  variables: Variables,
): Promise<{ url: string; close(): Promise<void> }> {
  const { port, record, replay } = settings;
  if (record !== undefined) {
    const recordings = new RecordingFolder(resolve(record));
    return startFalRecorder({
      port,
      localKey: key,
      falKey: accountKey(variables),
      hosts: realFal,
      recordings,
    });
  }
  if (replay !== undefined) {
    await inFolder(resolve(replay), () => readdir(resolve(replay)));
    return startFalReplay({ port, key, recordings: new RecordingFolder(resolve(replay)) });
  }
  const place = await openPlace('fal', settings.folder);
  try {
    const fal = await startLocalFal({ folder: place.path, port, key, endpoints: settings.endpoints });
    return { url: fal.url, close: () => fal.close().finally(() => place.leave()) };
  } catch (error) {
    await place.leave();
    throw error;
  }
}

/** @throws ConfigError */
function accountKey(variables: Variables): string {
  const { texts, problems } = readSecretFiles(variables, ['FAL_KEY']);
  const key = texts.get('FAL_KEY') ?? variables.FAL_KEY?.trim();
  if (problems.length > 0 || key === undefined || key === '')
    throw new ConfigError([
      ...problems,
      ...(problems.length > 0
        ? []
        : ['--record asks the real fal: set FAL_KEY (or FAL_KEY_FILE) to the key of your account']),
    ]);
  return key;
}

const addressesOf = (url: string) => ({
  ...{ url, queueUrl: `${url}/queue`, runUrl: `${url}/run`, restUrl: `${url}/rest`, apiUrl: `${url}/api` },
});
