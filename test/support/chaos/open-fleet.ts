import { join } from 'node:path';
import { Fleet } from './fleet.js';
import type { World } from './world.js';

export interface FleetOptions {
  /** Worker processes beside the one that runs bot and web server. */
  readonly workers: number;
  /** fal and Telegram call us; else we ask. */
  readonly webhooks: boolean;
  /** Settings of all of them. */
  readonly settings: NodeJS.ProcessEnv;
}

/** The processes of one installation, none of them started yet. */
export function openFleet(world: World, { workers, webhooks, settings }: FleetOptions): Fleet {
  const publicUrl = webhooks ? { PUBLIC_URL: `http://127.0.0.1:${world.httpPort}` } : {};
  const shared = { ...world.environment, ...publicUrl, ...settings };
  const members: Record<string, NodeJS.ProcessEnv> = { front: { ...shared, ROLES: 'bot,http,worker' } };
  for (let worker = 1; worker <= workers; worker += 1)
    members[`worker-${worker}`] = { ...shared, ROLES: 'worker' };
  return new Fleet(members, process.env.CHAOS_LOG ?? join(world.folder, 'fleet.log'));
}
