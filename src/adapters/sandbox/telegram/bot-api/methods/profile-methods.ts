import { method } from '../method.js';

/** Who the bot is. */
export const profileMethods = [method('getMe', (_, world) => world.bot)];
