import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addConfigOptions, readOverrides } from '../../../src/adapters/cli/read-overrides.js';
import { readPrompt } from '../../../src/adapters/telegram/features/generate/prompt-options.js';

/** As somebody types it in a terminal and in the chat. */
function typed(words: string) {
  const command = new Command();
  addConfigOptions(command);
  command.exitOverride().parse(words.split(' '), { from: 'user' });
  return { terminal: readOverrides(command.opts()), chat: readPrompt(`a knight ${words}`).overrides };
}

test.each([
  '--ar 16:9',
  '--aspect-ratio 16:9',
  '--ratio 16:9',
  '--aspect 16:9',
  '--n 3',
  '--count 3',
  '-n 3',
  '--cfg 3',
  '--guidance 3',
  '--steps 20',
  '--seed 7',
  '--strength 1.2',
  '--lora-scale 1.2',
  '--finetune-strength 1.2',
  '--safety 2',
  '--format png',
  '--image-size square_hd',
  '--raw',
])('%s means the same in the chat and in a terminal', (words) => {
  const { terminal, chat } = typed(words);
  expect(Object.keys(terminal)).toHaveLength(1);
  expect(chat).toEqual(terminal);
});
