import type { Feature } from '../../bot-services.js';
import { actsFeature } from './acts.js';
import { numbersFeature } from './numbers.js';

/** What operators alone have. None of these asks again who it is. */
const rooms: readonly Feature[] = [numbersFeature, actsFeature];

/** The one door to them: to everybody else there is no such command, and no such button. */
export const adminFeature: Feature = (composer, services) => {
  const operators = composer.filter(
    ({ chat, user }) => chat?.type === 'private' && services.policy.admins.has(user.id),
  );
  for (const room of rooms) room(operators, services);
};
