import type { Problem } from '../../../domain/errors.js';

/** What is wrong with where a stand-in is to listen and to keep its files. */
export const placeProblems = ({
  port,
  ...folders
}: Readonly<Record<'port', number | string>> &
  Readonly<Record<string, string | number | undefined>>): Problem[] => {
  const isPort = typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535;
  return [
    ...(isPort
      ? []
      : [{ field: 'port', code: 'out_of_range', received: `${port}`, allowed: '0-65535' } as const]),
    ...Object.entries(folders)
      .filter(([, folder]) => typeof folder === 'string' && folder.trim() === '')
      .map(
        ([field]) => ({ field, code: 'malformed', received: '', allowed: 'the path of a folder' }) as const,
      ),
  ];
};
