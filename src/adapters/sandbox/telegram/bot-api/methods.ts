import type { Method } from './method.js';
import { callbackMethods } from './methods/callback-methods.js';
import { editMethods } from './methods/edit-methods.js';
import { profileMethods } from './methods/profile-methods.js';
import { textMethods } from './methods/text-methods.js';
import { updateMethods } from './methods/update-methods.js';

const methods: readonly Method[] = [
  ...updateMethods,
  ...profileMethods,
  ...textMethods,
  ...editMethods,
  ...callbackMethods,
];

const byName = new Map(methods.map((method) => [method.name.toLowerCase(), method]));

/** Method names are case-insensitive at Telegram. */
export const findMethod = (name: string): Method | undefined => byName.get(name.toLowerCase());
