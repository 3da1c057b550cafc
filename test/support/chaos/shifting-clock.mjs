/**
 * Loaded before the program: SIGUSR2 moves this process's wall clock by CLOCK_SHIFT_SECONDS, the next one moves it
 * back. What counts the time that passes (`performance.now()`, timers) goes on as it was.
 */
const shift = Number(process.env.CLOCK_SHIFT_SECONDS ?? 7200) * 1000;
const RealDate = Date;
let offset = 0;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }
  static now() {
    return RealDate.now() + offset;
  }
};

process.on('SIGUSR2', () => {
  offset = offset === 0 ? shift : 0;
});
