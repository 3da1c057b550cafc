import { s3Environment } from './s3-environment.js';
import { startS3 } from './s3-server.js';

/** Runs the local S3 until it is told to stop: `npx tsx test/support/s3/main.ts [port]`. */
const server = await startS3({ port: Number(process.argv[2] ?? 9000) });
for (const [name, value] of Object.entries(s3Environment(server))) process.stdout.write(`${name}=${value}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
