import { parseArgs } from 'node:util';
import { runDrift } from './drift/run-drift.js';

// Are the local fal and the local Telegram still like the real ones? `npm run drift`, `-- --paid`, `-- --chat <id>`:
// docs/sandbox.md. Without these two it asks only what is free and changes nothing.

const { values } = parseArgs({ options: { paid: { type: 'boolean' }, chat: { type: 'string' } } });
process.exitCode = await runDrift({
  variables: process.env,
  paid: values.paid === true,
  chat: values.chat,
  out: (line) => console.log(line),
});
