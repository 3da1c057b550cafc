import type { StandIns } from '../adapters/cli/stand-ins.js';
import { untilToldToStop } from './until-told-to-stop.js';

/** Each is read only by the one command that runs it. */
export const standIns: StandIns = {
  async telegram(settings, started) {
    const { openTelegramAlone } = await import('../composition/telegram-alone.js');
    await run(() => openTelegramAlone(settings), started);
  },
  async fal(settings, started) {
    const { openFalAlone } = await import('../composition/fal-alone.js');
    await run(() => openFalAlone(settings, process.env), started);
  },
};

/** Asked to stop before it answers, it stops as soon as it does. */
async function run<Running extends { close(): Promise<void> }>(
  open: () => Promise<Running>,
  started: (running: Running) => void,
): Promise<void> {
  const stopped = untilToldToStop();
  const running = await open();
  try {
    started(running);
    await stopped;
  } finally {
    await running.close();
  }
}
