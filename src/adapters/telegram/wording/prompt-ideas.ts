import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AvatarType } from '../../../domain/avatar/avatar-type.js';
import type { Language } from './translator.js';

/** A prompt for somebody who does not know yet what to ask for. */
export interface PromptIdea {
  /** Fits a button, two in a row. */
  readonly title: string;
  readonly prompt: string;
}

type Ideas = Readonly<Record<AvatarType, Readonly<Record<Language, readonly PromptIdea[]>>>>;

const { resolve } = createRequire(import.meta.url);
let read: Ideas | null = null;

/** All there are, in the order of the file. Buttons name them by their place: new ones go to the end. */
export function promptIdeas(type: AvatarType, language: Language): readonly PromptIdea[] {
  read ??= JSON.parse(readFileSync(resolve('aisha/assets/prompt-ideas.json'), 'utf8')) as Ideas;
  return read[type][language];
}

/** Places of so many ideas, others for each form and the same whenever it is shown again. */
export function ideasOf(form: string, type: AvatarType, language: Language, count: number): number[] {
  const rank = (place: number) => createHash('sha256').update(`${form} ${place}`).digest('hex');
  return [...promptIdeas(type, language).keys()]
    .map((place) => ({ place, rank: rank(place) }))
    .sort((one, other) => one.rank.localeCompare(other.rank))
    .slice(0, count)
    .map(({ place }) => place);
}
