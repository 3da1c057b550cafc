import { runCli } from '../../../src/adapters/cli/cli.js';
import type { CliHost } from '../../../src/adapters/cli/cli-host.js';
import { openCliHost } from '../../../src/program/cli-host.js';
import { answerTo } from '../../../src/program/exit-code.js';

/** Runs one command in this process, over the real composition. What it says is kept. */
export async function command(
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const program = openCliHost(variables);
  const host: CliHost = Object.assign(Object.create(program) as CliHost, {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  });
  try {
    return { code: await runCli(words, host), out, err };
  } catch (error) {
    const { message, exitCode } = answerTo(error);
    return { code: exitCode, out, err: err + (message ?? '') };
  } finally {
    await program.close();
  }
}
