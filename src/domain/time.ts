/** `seconds` after `time`, or before it when they are negative. */
export const secondsAfter = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * 1000);
