import { avatarId } from '../../../../domain/ids.js';
import type { Case } from '../../../../domain/operator/case.js';
import type { BotServices } from '../../bot-services.js';
import { draftButton, trainMenuButton } from '../../buttons/avatar-buttons.js';
import { asMain } from '../../buttons/button-kind.js';
import { asMessage, type Screen } from '../../replies.js';
import { troubleOf } from '../../telegram-errors.js';
import { languageOf, type Translator } from '../../wording/translator.js';
import { wayOnHere } from '../way-on.js';

type Services = Pick<BotServices, 'database' | 'textsIn' | 'uploads'>;

/** Tells whom a case was about what was decided. `false`: they cannot be told. */
export async function tellOfCase(services: Services, decided: Case): Promise<boolean> {
  const { preferences, users } = services.database.stores;
  const [chosen, known] = await Promise.all([preferences.of(decided.person), users.find(decided.person)]);
  const texts = services.textsIn(languageOf(chosen.language, known?.language ?? undefined));
  const said = await outcomeFor(services, decided, texts);
  if (said === null) return true;
  try {
    await services.uploads.sendMessage(Number(decided.person), said.text.source, asMessage(said.keyboard));
    return true;
  } catch (error) {
    if (troubleOf(error)?.kind === 'unreachable') return false;
    throw error;
  }
}

/** `null`: nothing has changed for them. */
async function outcomeFor(
  { database }: Services,
  { person, subject, category, decision }: Case,
  texts: Translator,
): Promise<Screen | null> {
  switch (decision) {
    case 'block':
    case 'hide': {
      const about = texts.plain(`report-${category ?? 'other'}`);
      return { text: texts.html(`case-told-${decision}`, { about }), keyboard: [] };
    }
    case 'unblock':
      return { text: texts.html('case-told-unblock'), keyboard: wayOnHere(texts) };
    case 'stay':
      return { text: texts.html('case-told-stay'), keyboard: [] };
    case 'allow':
    case 'refuse': {
      const avatar = avatarId(subject ?? '');
      const found = await database.stores.avatars.findOwned(person, avatar);
      if (found === null) return null;
      const button = decision === 'allow' ? trainMenuButton : draftButton;
      const label = texts.plain(decision === 'allow' ? 'button-case-train' : 'button-my-photos');
      return {
        text: texts.html(`case-told-${decision}`, { name: found.name }),
        keyboard: [[asMain(button.button(label, { avatar }))]],
      };
    }
    case 'keep':
    case null:
      return null;
    default:
      return decision satisfies never;
  }
}
