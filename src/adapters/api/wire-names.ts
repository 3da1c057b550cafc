import { overrideNames } from '../../domain/generation/overrides.js';

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const renamed = overrideNames
  .map((name) => [name, snake(name)] as const)
  .filter(([ours, theirs]) => ours !== theirs);

/** Our names of fields, as this way in calls them, in a text or alone. */
export const inApiNames = (text: string): string =>
  renamed.reduce((said, [ours, theirs]) => said.replace(new RegExp(`\\b${ours}\\b`, 'g'), theirs), text);
