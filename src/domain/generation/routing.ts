import { type AvatarModel, modelFacts } from '../avatar/avatar-model.js';
import { DomainError, invalidInput, type Problem } from '../errors.js';
import { shown } from '../text/cut-text.js';
import type { AspectRatio } from './aspect-ratio.js';
import {
  type Catalogue,
  type EndpointFacts,
  type EndpointId,
  endpoints,
  firstChoice,
  kindsWith,
  nothingRetired,
  serves,
} from './endpoint-catalogue.js';
import type { ImageOrder, StartingPicture } from './image-order.js';
import { orderFor, type RoutedAvatar, strengthGiven } from './order-for.js';
import { checkOverridesAgainst, inRange } from './override-checks.js';
import type { Overrides } from './overrides.js';
import { isPresetName, type PresetName, presetNames, presets } from './preset.js';
import { checkPrompt } from './prompt.js';

export interface RoutingInput {
  readonly avatar: RoutedAvatar;
  /** A second avatar in the same image, where the two fit together. A strength override applies to both. */
  readonly companion?: RoutedAvatar | undefined;
  /** What to start from instead of nothing, where the model allows it. */
  readonly picture?: StartingPicture | undefined;
  readonly preset: PresetName;
  /** The user's own, without triggers. */
  readonly prompt: string;
  readonly overrides: Overrides;
  readonly catalogue: Catalogue;
}

type Held = Pick<AvatarModel, 'kind'>;

/** The endpoint that is used and, if it stands in for a retired one, that too: it decides what may be asked. */
interface Target {
  readonly used: EndpointFacts;
  readonly accepted: readonly EndpointFacts[];
}

/**
 * Turns a request into an order that its endpoint accepts.
 *
 * @throws DomainError `preset_not_available` with the presets that work with this avatar; `away_now` when nothing
 *   starts from a picture just now;
 *   `invalid_input` with every wrong field at once, ranges being those of the endpoint.
 */
export function route(input: RoutingInput): ImageOrder {
  const { avatar, companion, picture, preset: name, prompt, overrides, catalogue } = input;
  if (!isPresetName(name)) {
    throw invalidInput([unknownPreset(name), ...checkPrompt(prompt), ...checkOverrides(overrides)]);
  }
  const target = targetFor(avatar.model, name, catalogue, picture !== undefined);
  if (target === null)
    throw picture === undefined
      ? presetNotAvailable(avatar.model, name, catalogue)
      : noStartFromPicture(avatar.model, name);
  const problems = [
    ...checkPrompt(prompt),
    ...checkOverridesAgainst(overrides, target.accepted),
    ...checkStoredStrength(avatar, target, overrides),
    ...(companion === undefined ? [] : checkCompanion(companion, target, overrides)),
  ];
  if (problems.length > 0) throw invalidInput(problems);

  return orderFor(target.used.id, { avatar, companion, picture, preset: presets[name], prompt, overrides });
}

/** The presets that work with what the avatar holds, in the table's order. */
export const presetsFor = (model: Held, catalogue: Catalogue = nothingRetired): PresetName[] =>
  presetNames.filter((name) => targetFor(model, name, catalogue) !== null);

/** What a preset's pictures can have, whatever the avatar. */
export const aspectRatiosOf = (preset: PresetName): readonly AspectRatio[] =>
  Object.values(endpoints).find((endpoint) => serves(endpoint, preset))?.aspectRatios ?? [];

/** Whether their avatars can be in one picture. */
export const fitTogether = (one: Held, other: Held): boolean =>
  one.kind === other.kind && kindsWith('severalModels').includes(one.kind);

/** Whether its pictures can be made from another picture. */
export const startsFromPictures = ({ kind }: Held): boolean => kindsWith('fromPicture').includes(kind);

/** What a menu offers for this avatar and preset; empty when the preset does not work with it. */
export const aspectRatiosFor = (
  model: AvatarModel,
  preset: PresetName,
  catalogue: Catalogue = nothingRetired,
): readonly AspectRatio[] => targetFor(model, preset, catalogue)?.used.aspectRatios ?? [];

/** Where a request would go now; while nothing takes it, where it goes as a rule; `undefined`: to no place at all. */
export const endpointFor = (
  model: Held,
  preset: PresetName,
  catalogue: Catalogue,
  fromPicture = false,
): EndpointFacts | undefined =>
  targetFor(model, preset, catalogue, fromPicture)?.used ?? firstChoice(model.kind, preset, fromPicture);

/**
 * Everything wrong with the overrides. Before the avatar and preset are chosen, a value is wrong only if no
 * endpoint takes it; `route` asks again with what was chosen.
 */
export function checkOverrides(
  overrides: Overrides,
  chosen?: { readonly model: AvatarModel; readonly preset: PresetName; readonly catalogue: Catalogue },
): readonly Problem[] {
  const target = chosen ? targetFor(chosen.model, chosen.preset, chosen.catalogue) : null;
  return checkOverridesAgainst(overrides, target?.accepted ?? Object.values(endpoints));
}

function targetFor(
  { kind }: Held,
  preset: PresetName,
  { retired }: Catalogue,
  fromPicture = false,
): Target | null {
  const first = firstChoice(kind, preset, fromPicture);
  const accepted: EndpointFacts[] = [];
  for (let id: EndpointId | null = first?.id ?? null; id !== null; id = endpoints[id].fallback) {
    const used: EndpointFacts = endpoints[id];
    accepted.push(used);
    if (!retired.has(id)) return { used, accepted };
  }
  return null;
}

function checkStoredStrength(avatar: RoutedAvatar, { used }: Target, overrides: Overrides): Problem[] {
  if (avatar.defaultStrength === null || strengthGiven(avatar, overrides) !== undefined) return [];
  const problem = inRange('defaultStrength', avatar.defaultStrength, [modelFacts[used.needs].strength]);
  return problem === null ? [] : [problem];
}

function checkCompanion(companion: RoutedAvatar, target: Target, overrides: Overrides): Problem[] {
  if (target.used.severalModels && companion.model.kind === target.used.needs) {
    return checkStoredStrength(companion, target, overrides);
  }
  const pairs = kindsWith('severalModels').map((kind) => `${kind} + ${kind}`);
  return [{ field: 'companion', code: 'not_supported', allowed: `model: ${pairs.join(', ')}` }];
}

const unknownPreset = (received: unknown): Problem => ({
  field: 'preset',
  code: 'unknown_value',
  received: shown(received, 40),
  allowed: presetNames.join(', '),
});

const presetNotAvailable = (model: AvatarModel, preset: PresetName, catalogue: Catalogue): DomainError =>
  new DomainError({ code: 'preset_not_available', preset, available: presetsFor(model, catalogue) });

function noStartFromPicture({ kind }: AvatarModel, preset: PresetName): DomainError {
  const retired = firstChoice(kind, preset, true);
  if (retired !== undefined) return new DomainError({ code: 'away_now', endpoint: retired.id });
  const allowed = `model: ${kindsWith('fromPicture').join(', ')}`;
  return invalidInput([{ field: 'picture', code: 'not_supported', allowed }]);
}
