type ClusterErrorCode =
  | 'folder_not_writable'
  | 'disk_full'
  | 'folder_unreachable'
  | 'no_account'
  | 'wrong_owner'
  | 'wrong_version'
  | 'binaries_missing'
  | 'creation_failed'
  | 'start_failed'
  | 'not_answering'
  | 'not_stopping'
  | 'busy';

/**
 * The embedded PostgreSQL cannot be used. The message names the cause and the way out in words for the person
 * who runs the program; it holds no secret. Another try after mending is always safe.
 */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';

  constructor(
    readonly code: ClusterErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The `code` of a system or database error (`ENOENT`, `57P03`), undefined for other values. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The result of a file operation, undefined if there is no such file. */
export async function unlessMissing<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Carries out file operations in `folder` and turns what the system refuses into a `ClusterError`.
 * @throws ClusterError
 */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ClusterError ? error : folderError(folder, error);
  }
}

export const diskFull = (folder: string, cause?: unknown): ClusterError =>
  new ClusterError(
    'disk_full',
    `There is no space left on the disk of ${folder}. Free some (an empty database needs 100 MB), ` +
      'or set DATA_DIR to a folder on another disk.',
    { cause },
  );

function folderError(folder: string, cause: unknown): ClusterError {
  const wayOut = 'or set DATA_DIR to a folder that is writable, or DATABASE_URL to a PostgreSQL of your own.';
  switch (errorCode(cause)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(folder, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ClusterError(
        'folder_not_writable',
        `The folder ${folder} is not writable for ${whoAmI()}. Give it to that user (chown, chmod u+rwx), ${wayOut}`,
        { cause },
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new ClusterError(
        'folder_not_writable',
        `${folder} cannot be a folder: a file is in its way. Move the file, ${wayOut}`,
        { cause },
      );
    default:
      return new ClusterError(
        'folder_not_writable',
        `The folder ${folder} cannot be used (${cause instanceof Error ? cause.message : String(cause)}). ` +
          `Mend that, ${wayOut}`,
        { cause },
      );
  }
}

function whoAmI(): string {
  const uid = process.getuid?.();
  return uid === undefined ? 'this user' : `the user of this program (uid ${uid})`;
}
