import { having } from '../../state/message-store.js';
import { method } from '../method.js';
import { postFromBot, readMarkup, readPlacement, readText, textContent } from '../placement.js';

export const textMethods = [
  method('sendMessage', (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const markup = readMarkup(parameters);
    const text = readText(parameters, 'message is too long');
    return having(postFromBot(world, placement, textContent(text), markup).message, 'text');
  }),
];
