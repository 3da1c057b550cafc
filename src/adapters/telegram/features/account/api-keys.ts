import type { ApiKey } from '../../../../domain/api-key.js';
import { DomainError } from '../../../../domain/errors.js';
import { secondsAfter } from '../../../../domain/time.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/api-key-buttons.js';
import { copyButtons } from '../../buttons/button-kind.js';
import { onButton } from '../../buttons/on-button.js';
import { say, show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import type { Html } from '../../wording/html.js';
import { Questions } from '../questions.js';
import { chosenTermsScreen, keysScreen, usualTerms } from './api-key-texts.js';

/** Keys for programs: shown, made and revoked by their owner. */
export const apiKeysFeature: Feature = (composer, services) => {
  const { database, revokeApiKey } = services;
  const questions = new Questions(services);
  const list = async (context: BotContext, put: typeof say | typeof show, first?: Html) => {
    const { id: owner, texts } = context.user;
    const keys = (await database.stores.apiKeys.list(owner)).filter(({ revokedAt }) => revokedAt === null);
    const address = services.publicUrl === null ? null : `${services.publicUrl.replace(/\/$/, '')}/docs`;
    const { text, keyboard } = keysScreen({ keys, first, address, now: services.clock.now() }, texts);
    await put(context, text, keyboard);
  };
  const ownKey = async ({ user }: BotContext, id: string): Promise<ApiKey> => {
    const found = (await database.stores.apiKeys.list(user.id)).find((key) => key.id === id);
    if (found === undefined) throw new DomainError({ code: 'not_found', what: 'key' });
    return found;
  };

  composer.command('api', (context) => list(context, say));
  onButton(composer, buttons.openKeysButton, (context) => list(context, show));
  onButton(composer, buttons.keyTermsButton, async (context, terms) => {
    const { text, keyboard } = chosenTermsScreen(terms, context.user.texts);
    await show(context, text, keyboard);
  });
  onButton(composer, buttons.nameKeyButton, (context, terms) =>
    questions.ask(context, { kind: 'key-name', subject: buttons.writeTerms(terms) }),
  );
  onButton(composer, buttons.askRevokeButton, async (context, { key: id }) => {
    const { texts } = context.user;
    const { name } = await ownKey(context, id);
    await show(context, texts.html('key-revoke-ask', { name }), [
      [buttons.revokeKeyButton.button(texts.plain('button-revoke-key-yes'), { key: id })],
      [buttons.openKeysButton.button(texts.plain('button-revoke-key-no'), {})],
    ]);
  });
  onButton(composer, buttons.revokeKeyButton, async (context, { key: id }) => {
    const { id: owner, texts } = context.user;
    await revokeApiKey.execute({ id }, { owner });
    const { name } = await ownKey(context, id);
    await list(context, show, texts.html('key-revoked', { name }));
  });
  onButton(composer, buttons.deleteSecretButton, async (context) => {
    // Telegram deletes nothing that is older than two days, but lets it be changed.
    if (await bestEffort(() => context.deleteMessage())) return;
    await show(context, context.user.texts.html('key-was-here'));
  });
};

/** Makes a key under the name that was asked for, and shows it this once. */
export async function makeKey(
  { createApiKey, revokeApiKey, clock }: BotServices,
  context: BotContext,
  subject: string,
  name: string,
): Promise<void> {
  const { id: owner, texts } = context.user;
  const { scopes, life } = buttons.readTerms(subject) ?? usualTerms;
  const days = life === 'revoked' ? null : Number(life);
  const lastDay = days === null ? null : secondsAfter(clock.now(), days * 86_400);
  const [expires] = lastDay?.toISOString().split('T') ?? [];
  const made = await createApiKey.execute({ name, scopes: [...scopes], expires }, { owner });
  try {
    await say(context, texts.html('key-made', { name: made.key.name, key: made.text }), [
      copyButtons(texts.plain('button-copy-key'), made.text),
      [buttons.deleteSecretButton.button(texts.plain('button-delete-message'), {})],
      [buttons.openKeysButton.button(texts.plain('button-my-keys'), {})],
    ]);
  } catch (error) {
    // Nobody has seen it, and the message is dealt with again.
    await revokeApiKey.execute({ id: made.key.id }, { owner });
    throw error;
  }
}
