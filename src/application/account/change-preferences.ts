import { IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { type AspectRatio, aspectRatios } from '../../domain/generation/aspect-ratio.js';
import { type PresetName, presetNames } from '../../domain/generation/preset.js';
import { aspectRatiosOf } from '../../domain/generation/routing.js';
import { checkedInput, IsOneOf, MayBeAbsent } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import { type Preferences, type PromptHelp, promptHelps } from '../ports/stores/preference-store.js';

export class PreferenceChanges implements Partial<Preferences> {
  @IsOptional() @IsString() language?: string | null;
  @IsOptional() @IsOneOf(presetNames) preset?: PresetName | null;
  @IsOptional() @IsOneOf(aspectRatios) aspectRatio?: AspectRatio | null;
  @IsOptional() @IsInt() @Min(1) @Max(4) count?: number | null;
  @MayBeAbsent() @IsOneOf(promptHelps) promptHelp?: PromptHelp;
  @MayBeAbsent() @IsBoolean() notifications?: boolean;
  @IsOptional() @IsBoolean() confirmOrders?: boolean | null;
  @MayBeAbsent() @IsBoolean() broadcasts?: boolean;
}

/** Remembers what a person wants from now on, and how they want to be spoken with. */
export class ChangePreferences {
  constructor(private readonly parts: Needs<'preferences'>) {}

  /** Returns all of theirs. A ratio that the new preset cannot have is forgotten. */
  async execute(given: PreferenceChanges, { owner: user }: Asker): Promise<Preferences> {
    const changes = { ...checkedInput(PreferenceChanges, given) };
    const { preferences } = this.parts.database.stores;
    const { aspectRatio } = { ...(await preferences.of(user)), ...changes };
    const isLost =
      changes.preset != null && aspectRatio !== null && !aspectRatiosOf(changes.preset).includes(aspectRatio);
    await preferences.change(user, isLost ? { ...changes, aspectRatio: null } : changes);
    return preferences.of(user);
  }
}
