import { readFile } from 'node:fs/promises';

/** Eileen Collins, portrait by NASA: in the public domain, as it comes with scikit-image. 512 x 512. */
export const astronaut = (): Promise<Buffer> => readFile('test/fixtures/astronaut.jpg');
