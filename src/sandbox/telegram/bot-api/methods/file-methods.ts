import { method } from '../method.js';

export const fileMethods = [
  method('getFile', (parameters, world) => world.files.file(parameters.text('file_id'))),
];
