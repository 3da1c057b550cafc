/** `seconds` after `time`, or before it when they are negative. */
export const secondsAfter = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * 1000);

/** Seconds that somebody is waited for before they are asked again. What a store holds of longer waits it takes for the work of a wrong clock. */
export const longestWait = 1500;
