import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, Probe } from './probes.js';
import { differences } from './shape.js';

/** Somebody who can be asked: a stand-in, or the real one. */
export interface Target {
  readonly name: string;
  readonly may: readonly Probe['asks'][];
  ask(call: Call): Promise<{ readonly status: number; readonly body: unknown }>;
}

const askedAtMost = 120;
const pauseMilliseconds = 500;

/** What is otherwise than in the fixtures, a line each. */
export async function compare(probes: readonly Probe[], target: Target): Promise<string[]> {
  const kept: Record<string, string> = {};
  const found: string[] = [];
  for (const probe of probes.filter(({ asks }) => target.may.includes(asks))) {
    const answer = await answerTo(probe, target, kept);
    for (const [name, field] of Object.entries(probe.keep ?? {}))
      kept[name] = String(fieldOf(answer.body, field));
    const status =
      answer.status === probe.status ? [] : [`status is ${answer.status}, expected ${probe.status}`];
    found.push(
      ...[...status, ...differences(answer.body, probe.shape)].map(
        (line) => `${target.name}: ${probe.name}: ${line}`,
      ),
    );
  }
  return found;
}

async function answerTo({ call, until }: Probe, target: Target, kept: Readonly<Record<string, string>>) {
  const filled = JSON.parse(
    JSON.stringify(call).replace(/\{(\w+)\}/g, (all, name: string) => kept[name] ?? all),
  ) as Call;
  for (let asked = 1; ; asked += 1) {
    const answer = await target.ask(filled);
    const isThere = Object.entries(until ?? {}).every(
      ([field, value]) => fieldOf(answer.body, field) === value,
    );
    if (isThere || asked === askedAtMost) return answer;
    await sleep(pauseMilliseconds);
  }
}

/** `result.message_id` and the like. */
const fieldOf = (body: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], body);
