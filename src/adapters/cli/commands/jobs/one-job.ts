import type { Command } from 'commander';
import type { GenerationId, TrainingId } from '../../../../domain/ids.js';
import type { JobNamed } from '../../../../domain/operator/act.js';
import { answer } from '../../answer.js';
import type { CliHost } from '../../cli-host.js';
import { fullId } from '../../job-rows.js';
import { tell } from './job-story.js';

type Json = boolean | undefined;

/** A command about one of what a list shows. */
export function addForOne(
  jobs: Command,
  name: string,
  description: string,
  act: (typed: string, json: Json) => Promise<void>,
): void {
  jobs
    .command(name)
    .description(description)
    .argument('<id>')
    .option('--json', 'one JSON document on stdout')
    .action((id: string, { json }: { json?: boolean }) => act(id, json));
}

type Found<Id> = { beginningWith(letters: string, limit: number): Promise<Id[]> };
interface Jobs {
  readonly generations: Found<GenerationId>;
  readonly trainings: Found<TrainingId>;
}

export const generationMeant = (
  { generations }: Pick<Jobs, 'generations'>,
  typed: string,
): Promise<GenerationId> =>
  fullId(generations, typed, 'an id of generations list, or at least its first 4 letters');

export const trainingMeant = ({ trainings }: Pick<Jobs, 'trainings'>, typed: string): Promise<TrainingId> =>
  fullId(trainings, typed, 'an id of trainings list, or at least its first 4 letters');

const jobMeant = async (stores: Jobs, kind: JobNamed['kind'], typed: string): Promise<JobNamed> =>
  kind === 'generation'
    ? { kind, id: await generationMeant(stores, typed) }
    : { kind, id: await trainingMeant(stores, typed) };

export function addShow(jobs: Command, host: CliHost, kind: JobNamed['kind']): void {
  const description = 'everything that is kept of one: how it stands, and what happened when';
  addForOne(jobs, 'show', description, async (typed, json) => {
    const { showJob, database } = await host.services('reads');
    const { kind: meant, id } = await jobMeant(database.stores, kind, typed);
    const story = await showJob.execute(meant === 'generation' ? { generation: id } : { training: id });
    answer(host, json, { ...story.now, moments: story.moments }, tell(story));
  });
}

export function addGiveBack(jobs: Command, host: CliHost, kind: JobNamed['kind']): void {
  const description = 'take one that was given up off the list; credits that are still held go back';
  addForOne(jobs, 'give-back', description, async (typed, json) => {
    const { giveBackJob, database } = await host.services('changes');
    const job = await jobMeant(database.stores, kind, typed);
    const credits = await giveBackJob.execute(job, { admin: 'cli' });
    const { id } = job;
    answer(host, json, { id, credits }, `${id} is off the list; ${credits} credits went back`);
  });
}
