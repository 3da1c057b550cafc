import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../free-port.js';
import { Fleet } from '../fleet.js';
import type { World } from '../world.js';
import { openBalancer } from './balancer.js';
import { openRelay, type Relay } from './relay.js';

/** What each host runs: one takes updates, four work, two answer fal and the API. */
const roles: Readonly<Record<string, string>> = {
  bot: 'bot,http',
  ...Object.fromEntries([1, 2, 3, 4].map((worker) => [`worker-${worker}`, 'worker'])),
  'http-1': 'http',
  'http-2': 'http',
};

export interface HostsOptions {
  /** Settings of all of them: where pictures are, for one. */
  readonly settings: NodeJS.ProcessEnv;
  /** The folder of the release that they run at first; without it this checkout's. */
  readonly release: string | null;
}

/**
 * Machines that share a database, a bucket and nothing else: each has a folder of its own and a way to the database that
 * can be cut. In front of those with a web server stands a balancer.
 */
export async function openHosts(world: World, { settings, release }: HostsOptions) {
  const names = Object.keys(roles);
  const database = new URL(world.environment.DATABASE_URL ?? '');
  const target = { host: database.hostname, port: Number(database.port) };
  const ways = new Map<string, Relay>();
  const ports = new Map<string, number>();
  const members: Record<string, NodeJS.ProcessEnv> = {};
  const folderOf = (name: string) => join(world.folder, 'hosts', name);
  for (const name of names) {
    const way = await openRelay(target);
    const port = await freePort();
    ways.set(name, way);
    ports.set(name, port);
    await mkdir(folderOf(name), { recursive: true });
    const address = new URL(database);
    address.hostname = '127.0.0.1';
    address.port = String(way.port);
    members[name] = {
      ...world.environment,
      ...settings,
      PUBLIC_URL: `http://127.0.0.1:${world.httpPort}`,
      ROLES: roles[name],
      DATABASE_URL: address.href,
      DATA_DIR: folderOf(name),
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
    };
  }
  const portsOf = (some: readonly string[]) => some.flatMap((name) => ports.get(name) ?? []);
  const balancer = await openBalancer({
    port: world.httpPort,
    portsFor: (path) => portsOf(path.startsWith('/webhooks/telegram') ? ['bot'] : ['http-1', 'http-2']),
  });
  const fleet = new Fleet(members, process.env.CHAOS_LOG ?? join(world.folder, 'fleet.log'));
  if (release !== null) for (const name of names) fleet.install(name, release);
  const wayOf = (name: string): Relay => {
    const way = ways.get(name);
    if (way === undefined) throw new Error(`there is no host ${name}`);
    return way;
  };
  return {
    fleet,
    names,
    /** Nothing passes between it and the database, until `mend`. */
    cut: (name: string) => wayOf(name).cut(),
    mend: (name: string) => wayOf(name).mend(),
    /** Without its power: its process and its disk are gone, and the database never hears that its connections are dead. */
    async lose(name: string) {
      wayOf(name).abandon();
      await fleet.kill(name);
      await rm(folderOf(name), { recursive: true, force: true });
    },
    /** Another machine takes its place, with an empty disk. */
    async replace(name: string) {
      await mkdir(folderOf(name), { recursive: true });
      wayOf(name).mend();
      await fleet.start(name);
    },
    async close() {
      for (const way of ways.values()) way.mend();
      await fleet.stop();
      await balancer.close();
      await Promise.all([...ways.values()].map((way) => way.close()));
    },
  };
}

export type Hosts = Awaited<ReturnType<typeof openHosts>>;
