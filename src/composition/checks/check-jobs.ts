import type { Finding } from '../../adapters/cli/cli-host.js';
import { describeRetired } from '../../application/upkeep/retired-endpoints.js';
import type { Composed } from '../composition-root.js';
import { services } from '../identifiers.js';

/** Who works, what came to nothing, and which endpoints take jobs. */
export const checkJobs = async (composed: Composed): Promise<Finding[]> => [
  await workers(composed),
  await failures(composed),
  await endpoints(composed),
];

async function workers({ container }: Composed): Promise<Finding> {
  const alive = await container.get(services.workerRegistry).countAlive();
  const detail = alive === 0 ? 'none runs now; commands do their own work' : `${alive} alive`;
  return { subject: 'workers', ok: true, detail };
}

async function failures({ container }: Composed): Promise<Finding> {
  const failed = await container
    .get(services.database)
    .stores.generations.list({ status: 'failed', limit: 100 });
  const detail =
    failed.length === 0
      ? 'no failed jobs'
      : `${failed.length === 100 ? 'at least 100' : failed.length} failed jobs`;
  return {
    subject: 'jobs',
    ok: true,
    detail: `${detail}${failed.length === 0 ? '' : ' (aisha generations list --state failed)'}`,
  };
}

async function endpoints({ container }: Composed): Promise<Finding> {
  const troubled = await container.get(services.database).stores.endpoints.troubled();
  const { missed, replaced } = describeRetired(troubled);
  const doubted = troubled.filter(({ retirement }) => retirement === null).length;
  const args = [...missed, ...replaced, ...(doubted === 0 ? [] : [`${doubted} refused jobs of late`])];
  return {
    subject: 'endpoints',
    ok: missed.length === 0,
    detail: args.join('; ') || 'fal takes jobs for all of them',
    advice:
      'It is tried again by itself; `aisha endpoints restore <endpoint>` tries at once. See its page at fal.ai.',
  };
}
