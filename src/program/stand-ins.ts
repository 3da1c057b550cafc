import type { StandIns } from '../adapters/cli/stand-ins.js';
import { untilToldToStop } from './until-told-to-stop.js';

/** Each is read only by the one command that runs it. */
export const standIns: StandIns = {
  async telegram(settings, started) {
    const { openTelegramAlone } = await import('../composition/telegram-alone.js');
    const stopped = untilToldToStop();
    const telegram = await openTelegramAlone(settings);
    try {
      started(telegram);
      await stopped;
    } finally {
      await telegram.close();
    }
  },
};
