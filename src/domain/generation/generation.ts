import type { AvatarId, GenerationId } from '../ids.js';
import type { Accepted, Ended, EndWithout, JobBasics, Sent, Submitting, TransitionOf } from '../job.js';
import type { Order } from './order.js';
import type { Overrides } from './overrides.js';
import type { PresetName } from './preset.js';

/** What came back for a job: how many images are in the media store, and how many were withheld as unsafe. */
export interface Collected {
  readonly imageCount: number;
  readonly flagged: number;
  /** The seed fal reports; may exceed 32 bits. */
  readonly seed: bigint | null;
}

interface GenerationBasics extends JobBasics {
  readonly id: GenerationId;
  /** The avatar in the picture; `null` for an upscale of a picture. */
  readonly avatar: AvatarId | null;
  readonly preset: PresetName | null;
  /** A second avatar in the same picture. */
  readonly companion: AvatarId | null;
  /** The user's own words, untouched. The final prompt is in `order`. */
  readonly prompt: string;
  /** What was changed of the preset: with the prompt and the preset it makes the same order again. */
  readonly overrides: Overrides;
  readonly order: Order;
  /** How often the operator had the job started over. */
  readonly run: number;
  /** How often it was sent again with another order: a new seed, weights uploaded anew. */
  readonly rerolls: number;
}

export type Generation = GenerationBasics &
  (
    | Accepted
    | Submitting
    | ({ readonly status: 'submitted'; readonly fetchFailures: number } & Sent)
    | ({ readonly status: 'collected'; readonly collectedAt: Date } & Sent & Collected)
    | ({ readonly status: 'delivered'; readonly collectedAt: Date; readonly deliveredAt: Date } & Sent &
        Collected)
    | ({ readonly status: 'blocked' } & Ended)
    | (EndWithout & Ended)
  );

export type GenerationStatus = Generation['status'];
export type GenerationIn<Status extends GenerationStatus> = Extract<Generation, { status: Status }>;

export const generationStatuses = [
  'accepted',
  'submitting',
  'submitted',
  'collected',
  'delivered',
  'blocked',
  'failed',
  'cancelled',
] as const satisfies readonly GenerationStatus[];

/** States in which fal may be working for us. */
export const inFlightStatuses = ['submitting', 'submitted'] as const satisfies readonly GenerationStatus[];

export const isInFlight = ({ status }: Pick<Generation, 'status'>): boolean =>
  inFlightStatuses.some((each) => each === status);

/** A new state does not compile until somebody has said whether it is one of them. */
const isOpen: Readonly<Record<GenerationStatus, boolean>> = {
  accepted: true,
  submitting: true,
  submitted: true,
  collected: false,
  delivered: false,
  blocked: false,
  failed: false,
  cancelled: false,
};

/** Whether images may still come of it. */
export const isOpenGeneration = ({ status }: Pick<Generation, 'status'>): boolean => isOpen[status];

/** What has to be carried out after a transition, in the transaction that writes it. */
export type Effect = 'hold' | 'submit' | 'cancel' | 'settle' | 'refund' | 'deliver';

export type Transition = TransitionOf<Generation, Effect>;

/** How many images were asked for. */
export const imagesOrdered = (order: Order): number => ('count' in order ? order.count : 1);

/** Credits set aside for the whole job. */
export const heldFor = (generation: Generation): number => generation.price * imagesOrdered(generation.order);

/** Credits charged for what was really delivered. */
export const chargedFor = (generation: Generation): number =>
  generation.status === 'collected' || generation.status === 'delivered'
    ? generation.price * generation.imageCount
    : 0;

/** Names a submit in the provider's webhook, the current one unless told otherwise. */
export const referenceOf = (generation: Generation, submit = generation.submits): string =>
  `generation:${generation.id}:${submit}`;

/** Name under which the ledger knows this run of the job. */
export const ledgerReference = (generation: Generation): string =>
  `generation:${generation.id}${generation.run === 0 ? '' : `#${generation.run}`}`;
