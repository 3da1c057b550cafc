import type { AvatarType } from '../avatar/avatar-type.js';

export const trainingSpeeds = ['fast', 'balanced', 'quality'] as const;
export type TrainingSpeed = (typeof trainingSpeeds)[number];
export const defaultSpeed: TrainingSpeed = 'balanced';

interface SpeedFacts {
  readonly steps: number;
  /** For portraits; the style trainer has a rate of its own. */
  readonly learningRate: number;
  /** What people are told until there is a history of real trainings. */
  readonly expectedSeconds: number;
}

/** Steps and rates of the old system's training presets: people know what they give. */
export const speeds: Readonly<Record<TrainingSpeed, SpeedFacts>> = {
  fast: { steps: 1000, learningRate: 2e-4, expectedSeconds: 180 },
  balanced: { steps: 2500, learningRate: 9e-5, expectedSeconds: 420 },
  quality: { steps: 4000, learningRate: 5e-5, expectedSeconds: 660 },
};

/** What trains each type at the provider. */
export const trainerOf = {
  portrait: 'fal-ai/flux-lora-portrait-trainer',
  artistic: 'fal-ai/flux-lora-fast-training',
} as const satisfies Readonly<Record<AvatarType, string>>;

interface OrderBasics {
  /** The word that will stand in every prompt: the avatar's own, sent to the trainer as it is. */
  readonly trigger: string;
  readonly steps: number;
  /** Media-store keys of the photos, in the order of their names in the archive. */
  readonly photos: readonly string[];
}

interface PortraitTraining extends OrderBasics {
  readonly endpoint: typeof trainerOf.portrait;
  readonly learningRate: number;
}

interface StyleTraining extends OrderBasics {
  readonly endpoint: typeof trainerOf.artistic;
}

/** What a trainer is asked for, in our names. */
export type TrainingOrder = PortraitTraining | StyleTraining;

export function trainingOrder(
  type: AvatarType,
  speed: TrainingSpeed,
  { trigger, photos }: Pick<OrderBasics, 'trigger' | 'photos'>,
): TrainingOrder {
  const { steps, learningRate } = speeds[speed];
  switch (type) {
    case 'portrait':
      return { endpoint: trainerOf[type], trigger, photos, steps, learningRate };
    case 'artistic':
      return { endpoint: trainerOf[type], trigger, photos, steps };
    default:
      return type satisfies never;
  }
}
