import type { AvatarType } from './avatar-type.js';

/** Weights that are a file at an address. */
export interface WeightsFile {
  /** Where the provider reads them; may expire. */
  readonly url: string;
  /** Media-store key of our own copy, from which an expired `url` is uploaded again. */
  readonly mediaKey?: string;
  /** The address that our copy was made of, where they were brought by one. */
  readonly importedFrom?: string;
}

/** What a trained avatar holds. Routing looks at this first. */
export type AvatarModel =
  | ({ readonly kind: 'lora' } & WeightsFile)
  /** `id`: the provider's. */
  | { readonly kind: 'finetune'; readonly id: string };

export type ModelInFile = Extract<AvatarModel, WeightsFile>;
export type ModelKind = AvatarModel['kind'];
type ModelOf<Kind extends ModelKind> = Extract<AvatarModel, { readonly kind: Kind }>;

/** What requests and presets call how much of a model is used. */
export type StrengthName = 'loraScale' | 'finetuneStrength';

interface ModelFacts<Kind extends ModelKind> {
  /** For operators. */
  readonly label: string;
  /** In a `file`, of which we keep a copy that is handed out, put up again and deleted; or with the `provider`. */
  readonly weights: ModelOf<Kind> extends WeightsFile ? 'file' : 'provider';
  /** What an avatar may be that holds it. */
  readonly types: readonly AvatarType[];
  /** Both ends included. */
  readonly strength: { readonly name: StrengthName; readonly from: number; readonly to: number };
}

/** One row for each kind. Which endpoints take it stands in the catalogue of endpoints. */
export const modelFacts: { readonly [Kind in ModelKind]: ModelFacts<Kind> } = {
  lora: {
    label: 'LoRA',
    weights: 'file',
    types: ['portrait', 'artistic'],
    strength: { name: 'loraScale', from: 0, to: 4 },
  },
  finetune: {
    label: 'finetune',
    weights: 'provider',
    types: ['artistic'],
    strength: { name: 'finetuneStrength', from: 0, to: 2 },
  },
};

export const modelKinds = Object.keys(modelFacts) as readonly ModelKind[];

/** What every trainer makes of photos: the one for finetunes is retired. */
export const trainedKind = 'lora' as const satisfies ModelKind;

export const strengthNames = [...new Set(modelKinds.map((kind) => modelFacts[kind].strength.name))];

export const kindsInFiles = modelKinds.filter((kind) => modelFacts[kind].weights === 'file');

export const isInFile = (model: AvatarModel): model is ModelInFile =>
  modelFacts[model.kind].weights === 'file';

export const mediaKeyOf = (model: AvatarModel): string | null =>
  isInFile(model) ? (model.mediaKey ?? null) : null;

/** What it was brought by, and is known by where it came from: an address, or the provider's id. */
export function sourceOf(model: AvatarModel): string {
  switch (model.kind) {
    case 'lora':
      return model.importedFrom ?? model.url;
    case 'finetune':
      return model.id;
    default:
      return model satisfies never;
  }
}
