import { generationId } from '../../../domain/ids.js';
import { buttonKind, idField } from './button-kind.js';

const generation = idField(generationId);

/** Calls a job off while it waits or runs. */
export const cancelJobButton = buttonKind('x', { generation });
