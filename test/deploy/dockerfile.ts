import { readFileSync } from 'node:fs';
import { Copy, DockerfileParser, Env, type Instruction, Label } from 'dockerfile-ast';

/** Copied from the folder of the Dockerfile, or from an earlier stage. */
interface CopyStep {
  readonly kind: 'copy';
  /** The stage; `null`: the folder of the Dockerfile. */
  readonly from: string | null;
  readonly sources: readonly string[];
  readonly target: string;
}

type Step = CopyStep | { readonly kind: 'run'; readonly command: string };

/** What one `FROM` begins, as far as it is needed to do it by hand. */
export interface Stage {
  readonly base: string;
  readonly name: string | null;
  readonly steps: readonly Step[];
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** The other instructions, the last one of each: `USER`, `WORKDIR`. */
  readonly says: Readonly<Record<string, string>>;
}

/** The stages of our Dockerfile, in order. */
export function stages(): Stage[] {
  const found: Instruction[][] = [];
  for (const instruction of DockerfileParser.parse(readFileSync('Dockerfile', 'utf8')).getInstructions())
    if (instruction.getKeyword() === 'FROM') found.push([instruction]);
    else found.at(-1)?.push(instruction);
  return found.map(stageOf);
}

function stageOf([from, ...rest]: Instruction[]): Stage {
  const [base = '', , name = null] = wordsOf(from);
  const pairs = (kind: typeof Env | typeof Label) =>
    Object.fromEntries(
      rest.flatMap((instruction) =>
        instruction instanceof kind
          ? instruction.getProperties().map((property) => [property.getName(), property.getValue() ?? ''])
          : [],
      ),
    );
  return {
    ...{ base, name, environment: pairs(Env), labels: pairs(Label) },
    steps: rest.flatMap(stepOf),
    says: Object.fromEntries(rest.map((instruction) => [instruction.getKeyword(), textOf(instruction)])),
  };
}

function stepOf(instruction: Instruction): Step[] {
  if (instruction.getKeyword() === 'RUN') return [{ kind: 'run', command: textOf(instruction) }];
  if (!(instruction instanceof Copy)) return [];
  const [flag] = instruction.getFlags();
  const words = wordsOf(instruction).filter((word) => !word.startsWith('--'));
  const target = words.at(-1) ?? '';
  return [{ kind: 'copy', from: flag?.getValue() ?? null, sources: words.slice(0, -1), target }];
}

/** In one line. */
const textOf = (instruction: Instruction): string =>
  (instruction.getRawArgumentsContent() ?? '').replaceAll(/\\\n\s*/g, '');

const wordsOf = (instruction: Instruction | undefined): string[] =>
  instruction === undefined ? [] : textOf(instruction).split(/\s+/);
