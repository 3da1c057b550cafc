import { CommanderError } from 'commander';
import { CannotListen } from '../adapters/http/cannot-listen.js';
import { ClusterError } from '../adapters/postgres/embedded/cluster-error.js';
import { BucketUnavailable } from '../composition/checks/check-bucket.js';
import { NoInstallation } from '../composition/installation.js';
import { DatabaseUnavailable } from '../composition/prepare-database.js';
import { ConfigError } from '../composition/settings/config.js';
import { AlreadyRunning } from '../composition/sole-process.js';
import { DomainError } from '../domain/errors.js';

const asksForHelp = ['commander.helpDisplayed', 'commander.help', 'commander.version'];

/** What a person is told when a command throws, and how it exits: 2 when the input was wrong, 1 when the world was. */
export function answerTo(error: unknown): { message: string | null; exitCode: number } {
  if (error instanceof CommanderError) {
    // Commander has said it already.
    return { message: null, exitCode: asksForHelp.includes(error.code) ? 0 : 2 };
  }
  if (error instanceof DomainError || error instanceof ConfigError)
    return { message: error.message, exitCode: 2 };
  if (error instanceof NoInstallation) return { message: error.message, exitCode: 2 };
  if (error instanceof BucketUnavailable) return { message: error.message, exitCode: 1 };
  if (error instanceof AlreadyRunning) return { message: error.message, exitCode: 1 };
  if (error instanceof ClusterError || error instanceof DatabaseUnavailable || error instanceof CannotListen)
    return { message: error.message, exitCode: 1 };
  return { message: error instanceof Error ? error.message : String(error), exitCode: 1 };
}
