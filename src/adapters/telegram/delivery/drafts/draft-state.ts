import type { AvatarDraft } from '../../../../domain/avatar/avatar-draft.js';
import type { MessagePlace } from '../../replies.js';

/** Photos of one album (or sent singly at one time) that were not taken, and the message that says so. */
export interface RefusedPhotos {
  readonly album: string;
  readonly message: number;
  readonly reasons: readonly string[];
}

/** What the bot remembers of a draft, in its transport state. */
export interface DraftState {
  /** The one message that shows how far it is. */
  readonly place: MessagePlace | null;
  readonly refused: RefusedPhotos | null;
}

/** Reads what this or an earlier release has written; missing values get defaults. */
export function draftStateOf({ transportState }: Pick<AvatarDraft, 'transportState'>): DraftState {
  return {
    place: isPlace(transportState.place) ? transportState.place : null,
    refused: isRefused(transportState.refused) ? transportState.refused : null,
  };
}

/** As the transport state takes it. */
export const asTransportState = (state: Partial<DraftState>): Readonly<Record<string, unknown>> => ({
  ...state,
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isPlace = (value: unknown): value is MessagePlace =>
  isRecord(value) && typeof value.chat === 'number' && typeof value.message === 'number';

const isRefused = (value: unknown): value is RefusedPhotos =>
  isRecord(value) &&
  typeof value.album === 'string' &&
  typeof value.message === 'number' &&
  Array.isArray(value.reasons) &&
  value.reasons.every((reason) => typeof reason === 'string');
