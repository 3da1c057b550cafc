import { type ApiKey, isLiveKey, usualScopes } from '../../../../domain/api-key.js';
import { cut } from '../../../../domain/text/cut-text.js';
import * as buttons from '../../buttons/api-key-buttons.js';
import { asMain } from '../../buttons/button-kind.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import type { Keyboard, Screen } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** What a new key is unless its owner chooses otherwise. */
export const usualTerms: buttons.ChosenTerms = { scopes: usualScopes, life: '90' };

/** Twenty keys have to fit into one message. */
const shownOfName = 32;
const shownOnButton = 14;

interface Shown {
  readonly keys: readonly ApiKey[];
  readonly first: Html | undefined;
  /** Where the API is described; `null`: nowhere that people can reach. */
  readonly address: string | null;
  readonly now: Date;
}

/** The keys that somebody has, and what they can do about them. */
export function keysScreen({ keys, first, address, now }: Shown, texts: Translator): Screen {
  const text = Html.join(
    [
      first,
      Html.join([
        texts.html('keys-title'),
        address !== null && texts.html('keys-address', { address }),
        keys.length === 0 && texts.html('keys-none'),
      ]),
      ...keys.map((key) => keyText(key, now, texts)),
    ],
    '\n\n',
  );
  const add = buttons.keyTermsButton.button(texts.plain('button-new-key'), usualTerms);
  const revokes = keys.map(({ id, name }): Keyboard[number] => [
    buttons.askRevokeButton.button(texts.plain('button-revoke-key', { name: cut(name, shownOnButton) }), {
      key: id,
    }),
  ]);
  return { text, keyboard: [[add], ...revokes] };
}

function keyText(key: ApiKey, now: Date, texts: Translator): Html {
  const { name, shown, scopes, createdAt, lastUsedAt, expiresAt } = key;
  const ends = isLiveKey(key, now) ? 'key-until' : 'key-over';
  return Html.join([
    texts.html('key-row', { name: cut(name, shownOfName), shown }),
    Html.of(scopes.map((scope) => texts.plain(`key-scope-${scope}`)).join(', ')),
    Html.join(
      [
        texts.html('key-created', { at: createdAt }),
        lastUsedAt === null ? texts.html('key-unused') : texts.html('key-used', { at: lastUsedAt }),
        expiresAt === null ? texts.html('key-endless') : texts.html(ends, { at: expiresAt }),
      ],
      ' · ',
    ),
  ]);
}

/** What a new key may do, and for how long. */
export function chosenTermsScreen(chosen: buttons.ChosenTerms, texts: Translator): Screen {
  const { scopes } = chosen;
  const scopeRows = usualScopes.map((scope): Keyboard[number] => {
    const isChosen = scopes.includes(scope);
    const others = usualScopes.filter((each) => (each === scope ? !isChosen : scopes.includes(each)));
    // One is left: a key that may do nothing is none.
    const next = { ...chosen, scopes: others.length === 0 ? scopes : others };
    return [buttons.keyTermsButton.choice(isChosen, texts.plain(`button-key-${scope}`), next)];
  });
  const lives = buttons.keyLives.map((life) => {
    const label =
      life === 'revoked'
        ? texts.plain('button-key-endless')
        : texts.plain('button-key-days', { days: Number(life) });
    return buttons.keyTermsButton.choice(life === chosen.life, label, { ...chosen, life });
  });
  return {
    text: texts.html('key-new'),
    keyboard: [
      ...scopeRows,
      ...inRows(lives, 2),
      [asMain(buttons.nameKeyButton.button(texts.plain('button-name-key'), chosen))],
      [buttons.openKeysButton.button(texts.plain('button-back'), {})],
    ],
  };
}
