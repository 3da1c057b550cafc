import { languages } from '../wording/translator.js';
import { asDeleting, buttonKind, idField, oneOf } from './button-kind.js';

const id = idField((value) => value);

/** An operator writes to everybody… */
export const writeBroadcastButton = buttonKind('Bw', {});
/** …confirms what they were shown… */
export const sendBroadcastButton = buttonKind('Bs', { intent: id });
/** …writes it once more for those who read another language… */
export const translateBroadcastButton = buttonKind('Bt', { language: oneOf(languages), intent: id });
/** …or does not. */
export const dropBroadcastButton = buttonKind('Bd', {});
/** How far one is. */
export const broadcastButton = buttonKind('Bl', { broadcast: id });
export const stopBroadcastButton = buttonKind('Bx', { broadcast: id }, asDeleting);
/** All of them. */
export const broadcastsButton = buttonKind('Ba', {});
/** Under each broadcast: whoever got it wants no more. */
export const muteBroadcastsButton = buttonKind('Bm', {});
