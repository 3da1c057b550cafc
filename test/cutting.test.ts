import { expect, test } from 'vitest';
import { sourceFiles } from './support/import-rules.js';

/** A cut at a count of code units may halve an emoji: `cut` of `domain/cut-text.ts` does not. */
const counted = /\.(?:substring|substr)\(|\.slice\(\s*0\s*,/g;

/** Cuts of lists, of texts of our own letters, and at a place that was looked for. Path and the line itself. */
const harmless: ReadonlyArray<readonly [path: string, line: string]> = [
  ['src/adapters/webhooks/public-addresses.ts', 'addresses.slice(0, mostAddresses)'], // a list
  ['src/adapters/api/avatars/avatar-routes.ts', 'found.slice(0, limit)'],
  ['src/application/generation/collect-images.ts', 'outcome.images.filter('],
  ['src/application/avatars/keep-imported-weights.ts', '.filter(due).slice(0, atOnce)'],
  ['src/domain/avatar/lora-triggers.ts', '.slice(0, mostOffered)'],
  ['src/adapters/cli/strict-command.ts', 'parsed.unknown.slice(0, end'],
  // More than is kept: its last letter is never taken.
  ['src/domain/text/cut-text.ts', 'text.slice(0, 2 * limit + 1)'],
  ['src/domain/text/storable-text.ts', 'text.slice(0, longestText).replace(halfAtTheEnd'],
  ['src/adapters/observability/mask.ts', 'rest.slice(0, end)'],
  ['src/adapters/observability/loggable.ts', 'values.slice(0, longestList)'],
  ['src/adapters/postgres/embedded/folder-lock.ts', 'claim.split'],
  // Before every letter beyond ASCII is escaped.
  ['src/adapters/postgres/stores/chat/postgres-update-inbox.ts', '.slice(0, longestAside)'],
  ['src/adapters/media/media-key.ts', "digest('hex').slice(0, 2)"],
  ['src/adapters/fal/files/allowed-hosts.ts', 'place.slice(0, slash)'],
  ['src/adapters/fal/fal-ticket.ts', 'ticket.slice(0, at)'],
  ['src/adapters/fal/fal-status-watch.ts', "endpoint.split('/').slice(0, 2)"],
  ['src/adapters/telegram/buttons/question-buttons.ts', "digest('base64url')"],
  ['src/adapters/telegram/middleware/read-commands.ts', 'said.substring(0, command.length)'],
  ['src/adapters/telegram/middleware/addressed.ts', 'trimmed.slice(0, -name.length)'],
  ['src/adapters/telegram/features/admin/waiting-payments.ts', 'waiting.slice(0, shownAtOnce)'],
  ['src/composition/checks/check-stars.ts', '.slice(0, shown)'],
  ['src/adapters/telegram/features/admin/cases.ts', 'pictures.slice(0, picturesShown)'],
  ['src/domain/text/file-name.ts', 'id.slice(0, 8)'],
  ['src/domain/api-key.ts', 'drawn.slice(0, 8)'],
  ['src/adapters/api/client-address.ts', '.slice(0, 4)'],
  ['src/adapters/api/wrong-fields.ts', 'issue.path.slice(0, 1)'],
  ['src/domain/text/file-name.ts', 'toISOString().slice(0, 10)'],
  ['src/adapters/fal/fal-bill.ts', 'toISOString().slice(0, 10)'],
  ['src/domain/operator/bill.ts', 'toISOString().slice(0, 10)'],
  ['src/domain/provider-prices.ts', 'toISOString().slice(0, 10)'],
  ['src/adapters/telegram/features/admin/numbers/numbers.ts', 'toISOString().slice(0, 10)'],
  ['src/adapters/telegram/features/admin/numbers/numbers-text.ts', '.slice(0, lines)'],
  ['src/adapters/telegram/features/gallery/card-keyboard.ts', '.slice(0, avatarsShown)'],
  ['src/adapters/telegram/features/gallery/grid-keyboard.ts', '.slice(0, mostMonths)'],
  ['src/application/gallery/list-images.ts', 'images: found.slice(0, limit)'],
  ['src/adapters/telegram/features/avatars/avatars.ts', 'all.slice(0, avatarsShown)'],
  ['src/adapters/api/account/history-routes.ts', 'found.slice(0, limit)'],
  ['src/adapters/telegram/features/account/history-text.ts', 'jobLines(entries).slice(0, linesShown)'],
  ['src/adapters/telegram/features/avatars/lora-files.ts', '].slice(0, avatarNameLength.to)'],
  ['src/adapters/telegram/buttons/button-kind.ts', 'hex.slice(0, 8)'],
  ['src/adapters/telegram/buttons/paying-button.ts', 'label.slice(0, -price.length)'],
  ['src/adapters/telegram/photos/verdict-messages.ts', 'verdicts.slice(0, mostShown)'],
  ['src/adapters/cli/image-files.ts', 'id.slice(0, 8)'],
  // Lists of whole letters.
  ['src/program/start-up-box.ts', 'letters.slice(0, '],
  ['src/adapters/observability/terminal-line.ts', 'uuid.test(value)'],
  ['src/adapters/cli/commands/credits.ts', 'id.slice(0, 8)'],
  ['src/adapters/cli/commands/credits.ts', 'toISOString().slice(0, 16)'],
  ['src/adapters/cli/job-rows.ts', 'id.slice(0, le'],
  ['src/adapters/postgres/stores/uuid.ts', 'all.slice(0, 8)'],
  ['src/adapters/telegram/ways-out.ts', '.slice(0, avatarsOffered)'],
  ['src/adapters/telegram/wording/job-name.ts', 'id.slice(0, lettersOfId)'],
  ['src/application/operator/find-job.ts', '].slice(0, mostFound)'],
  ['src/adapters/telegram/wording/prompt-ideas.ts', '.slice(0, count)'],
  ['src/adapters/telegram/features/generate/form-texts.ts', 'places.slice(0, ideasShown)'],
];

/** The stand-ins keep to Telegram's and fal's own rules. */
const ours = sourceFiles('.').filter(({ path }) => !path.startsWith('src/sandbox/'));

const cuts = ours.flatMap(({ path, text }) =>
  [...text.matchAll(counted)].map(({ index }) => {
    const end = text.indexOf('\n', index);
    return { path, line: text.slice(text.lastIndexOf('\n', index) + 1, end).trim() };
  }),
);

test('no text from outside is cut at a count of code units', () => {
  expect(cuts.length).toBeGreaterThan(10);
  const unknown = cuts.filter(
    ({ path, line }) => !harmless.some(([known, part]) => known === path && line.includes(part)),
  );
  expect(unknown, 'use cut() of domain/cut-text.ts, or say here why it is harmless').toEqual([]);
});

test('what is called harmless is still there', () => {
  const gone = harmless.filter(
    ([known, part]) => !cuts.some(({ path, line }) => known === path && line.includes(part)),
  );
  expect(gone).toEqual([]);
});
