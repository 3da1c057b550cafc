/** Whole ones, so that nobody is promised more than there is. */
export const megabytes = (bytes: number): number => Math.floor(bytes / 2 ** 20);
