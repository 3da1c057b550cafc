import type { Applicant } from '../../../../application/ports/stores/operator/admission-store.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { askAccessButton } from '../../buttons/access-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { asMessage, show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { languageOf } from '../../wording/translator.js';
import { admissionCard } from '../admin/admission-card.js';
import { wayOn } from '../way-on.js';

/** With more people waiting for an answer than these, operators find the next ones on their screen alone. */
const cardsAtMost = 20;

/** Somebody who may not come in asks the operators. */
export const askAccessFeature: Feature = (composer, services) => {
  onButton(composer, askAccessButton, async (context) => {
    const { first_name, last_name, username, language_code: language = null } = context.from;
    const called = [first_name, last_name].filter(Boolean).join(' ');
    const name = username === undefined ? called : `${called} (@${username})`;
    const { id: user, texts } = context.user;
    const who = { user, name, language };
    const asked = await services.askForAccess.execute(who);
    if (asked === 'asked') await tellOperators(services, who);
    await show(context, texts.html(`access-${asked}`), asked === 'in' ? wayOn(context) : []);
  });
};

async function tellOperators({ database, policy, clock, api, textsIn }: BotServices, who: Applicant) {
  const { admissions, preferences, users } = database.stores;
  if ((await admissions.count()).asked > cardsAtMost) return;
  for (const admin of policy.admins) {
    const [chosen, known] = await Promise.all([preferences.of(admin), users.find(admin)]);
    const admission = { ...who, state: 'asked', at: clock.now(), link: null } as const;
    const { text, keyboard } = admissionCard(
      admission,
      textsIn(languageOf(chosen.language, known?.language)),
    );
    // Whom it does not reach finds it on their screen.
    await bestEffort(() => api.sendMessage(Number(admin), text.source, asMessage(keyboard)));
  }
}
