import type { Command } from 'commander';
import { findAnyonesAvatar } from '../../../application/avatars/find-avatar.js';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import { userProblems } from '../../../application/input/user-id.js';
import type { Avatar } from '../../../domain/avatar/avatar.js';
import { type AvatarModel, isInFile, modelFacts, sourceOf } from '../../../domain/avatar/avatar-model.js';
import { userId } from '../../../domain/ids.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { idProblems, limitProblems, shortIds } from '../job-rows.js';
import { newInstallation } from '../new-installation.js';
import { table } from '../table.js';

interface AddOptions {
  owner: string;
  name: string;
  type: string;
  lora?: string;
  finetune?: string;
  trigger?: string;
  main?: boolean;
  json?: boolean;
  new?: boolean;
}

interface ListOptions {
  owner?: string;
  limit: string;
  after?: string;
  json?: boolean;
}

export function addAvatarCommands(program: Command, host: CliHost): void {
  const avatar = program.command('avatar').description('trained avatars');
  avatar
    .command('add')
    .description('take in an avatar that was trained already')
    .option('--owner <telegram id>', 'who owns it')
    .option('--name <text>', '2-50 characters')
    .option('--type <type>', 'portrait or artistic')
    .option('--lora <url>', 'https address of the LoRA weights')
    .option('--finetune <id>', 'finetune id of fal')
    .option('--trigger <text>', 'trigger word or phrase it was trained with')
    .option('--main', 'make it the main avatar of its owner')
    .addOption(newInstallation())
    .option('--json', 'one JSON document on stdout')
    .action(async ({ owner, json, new: isNew, ...avatar }: AddOptions) => {
      const { addAvatar } = await host.services('changes', isNew);
      const added = await addAvatar.execute(avatar, {
        owner: userId(owner ?? host.localUser ?? ''),
        onDoubt: (doubt) => host.err(`Is this a LoRA of FLUX.1? It was taken in, but ${doubt}.\n`),
      });
      answer(host, json, described(added), list([added]));
    });
  avatar
    .command('list')
    .description('all avatars, or those of one owner')
    .option('--owner <telegram id>', 'only theirs')
    .option('--limit <n>', 'at most so many', '1000')
    .option('--after <id>', 'those that came after this one: the last of the list before')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ owner, limit, after, json }: ListOptions) => {
      refuseIfWrong([
        ...(owner === undefined ? [] : userProblems('owner', owner)),
        ...limitProblems(limit),
        ...(after === undefined
          ? []
          : idProblems(after, 'an id of avatar list, or at least its first 4 letters', 'after')),
      ]);
      const { database } = await host.services('reads');
      const last = after === undefined ? undefined : await findAnyonesAvatar(database.stores, after);
      const avatars = await database.stores.avatars.list(owner === undefined ? undefined : userId(owner), {
        // One more tells whether there are more.
        limit: Number(limit) + 1,
        after: last,
      });
      if (avatars.splice(Number(limit)).length > 0)
        host.err(`There are more: --after ${avatars.at(-1)?.id}, or a greater --limit.\n`);
      if (json !== true && avatars.length === 0)
        return host.err(
          after === undefined
            ? 'There are no avatars yet: aisha avatar add, or aisha import.\n'
            : 'There are no avatars after this one.\n',
        );
      answer(host, json, avatars.map(described), list(avatars));
    });
}

function described(avatar: Avatar) {
  const { id, owner, name, type, status, trigger, isMain: main, createdAt } = avatar;
  const model = avatar.status === 'ready' ? describedModel(avatar.model) : null;
  return { id, owner, name, type, status, trigger, main, model, createdAt };
}

/** Scripts that read it know the media key of weights as `keptAs`. */
function describedModel(model: AvatarModel) {
  if (!('mediaKey' in model)) return model;
  const { mediaKey: keptAs, ...rest } = model;
  return { ...rest, keptAs };
}

const held = (avatar: Avatar): string | null => {
  if (avatar.status !== 'ready') return null;
  const { label } = modelFacts[avatar.model.kind];
  return isInFile(avatar.model) ? label : `${label} ${sourceOf(avatar.model)}`;
};

function list(avatars: readonly Avatar[]): string {
  const short = shortIds(avatars.map(({ id }) => id));
  return table(
    ['id', 'owner', 'name', 'type', 'status', 'model', 'trigger', 'main'],
    avatars.map((avatar) => {
      const { id, owner, name, type, status, trigger, isMain } = avatar;
      return [short(id), owner, name, type, status, held(avatar), trigger, isMain ? 'yes' : ''];
    }),
  );
}
