import type { Studio } from './pictures/studio.js';
import { outcomeOf } from './queue/request-record.js';
import type { OutputFiles } from './storage/served-files.js';

/** The files of finished requests, made when somebody asks for them. */
export function outputFiles(studio: Studio): OutputFiles {
  return (record, name) => {
    const outcome = outcomeOf(record);
    switch (outcome.kind) {
      case 'pictures': {
        const [, index, extension] = /^(\d)\.(jpeg|png)$/.exec(name) ?? [];
        const known = extension === outcome.format && Number(index) < outcome.flagged.length;
        return known
          ? {
              contentType: `image/${outcome.format}`,
              bytes: () => studio.picture(record, outcome, Number(index)),
            }
          : undefined;
      }
      default:
        return undefined;
    }
  };
}
