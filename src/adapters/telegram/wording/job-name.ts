import { generationId, trainingId } from '../../../domain/ids.js';
import type { JobNamed } from '../../../domain/operator/act.js';
import type { Translator } from './translator.js';

const lettersOfId = 8;

/** A job as people name it, by the beginning of its id: the same letters stand in names of files. */
export const jobName = ({ kind, id }: JobNamed, texts: Translator): string =>
  texts.plain(`job-name-${kind}`, { id: id.slice(0, lettersOfId) });

/** What a button names. */
export const jobNamed = ({ kind, id }: { kind: JobNamed['kind']; id: string }): JobNamed =>
  kind === 'generation' ? { kind, id: generationId(id) } : { kind, id: trainingId(id) };
