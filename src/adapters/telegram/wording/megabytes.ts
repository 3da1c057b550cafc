/** Rounded down, so that no limit is shown higher than it is. */
export const megabytes = (bytes: number): number => Math.floor(bytes / 2 ** 20);
