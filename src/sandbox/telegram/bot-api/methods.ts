import type { Method } from './method.js';
import { callbackMethods } from './methods/callback-methods.js';
import { chatMethods } from './methods/chat-methods.js';
import { copyMethods } from './methods/copy-methods.js';
import { editMethods } from './methods/edit-methods.js';
import { fileMethods } from './methods/file-methods.js';
import { inlineMethods } from './methods/inline-methods.js';
import { invoiceMethods } from './methods/invoice-methods.js';
import { mediaMethods } from './methods/media-methods.js';
import { paymentMethods } from './methods/payment-methods.js';
import { profileMethods } from './methods/profile-methods.js';
import { textMethods } from './methods/text-methods.js';
import { updateMethods } from './methods/update-methods.js';

const methods: readonly Method[] = [
  ...updateMethods,
  ...profileMethods,
  ...textMethods,
  ...mediaMethods,
  ...fileMethods,
  ...editMethods,
  ...callbackMethods,
  ...chatMethods,
  ...copyMethods,
  ...inlineMethods,
  ...invoiceMethods,
  ...paymentMethods,
];

const byName = new Map(methods.map((method) => [method.name.toLowerCase(), method]));

/** Method names are case-insensitive at Telegram. */
export const findMethod = (name: string): Method | undefined => byName.get(name.toLowerCase());
