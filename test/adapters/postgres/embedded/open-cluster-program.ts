import { openEmbeddedCluster } from '../../../../src/adapters/postgres/embedded/embedded-cluster.js';

/** A program that uses the cluster of a folder until it is told to close it, is disconnected, or is killed. */
const cluster = await openEmbeddedCluster({ dataDir: process.argv[2] ?? '' });
process.send?.({ connectionString: cluster.connectionString, startedHere: cluster.startedHere });
process.on('message', async () => {
  await cluster.close();
  process.disconnect();
});
