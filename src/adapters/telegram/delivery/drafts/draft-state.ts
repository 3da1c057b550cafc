import type { AvatarDraft } from '../../../../domain/avatar/avatar-draft.js';
import type { MessagePlace } from '../../replies.js';

/** What the bot remembers of a draft, in its transport state. */
export interface DraftState {
  /** The one message that shows how far it is. */
  readonly place: MessagePlace | null;
}

/** Reads what this or an earlier release has written; missing values get defaults. */
export function draftStateOf({ transportState }: Pick<AvatarDraft, 'transportState'>): DraftState {
  return {
    place: isPlace(transportState.place) ? transportState.place : null,
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
