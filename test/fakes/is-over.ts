/** As in the database: what lies half an hour ahead was written by a clock that has been set back since. */
export const isLikely = (time: Date, now: Date): boolean => time.getTime() <= now.getTime() + 30 * 60_000;

export const isOver = (time: Date, now: Date): boolean => time <= now || !isLikely(time, now);
