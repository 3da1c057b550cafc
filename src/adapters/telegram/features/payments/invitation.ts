import type { Feature } from '../../bot-services.js';
import { say, startLink } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { wayOn } from '../way-on.js';

/** A person's own link for friends, and what came of it. */
export const invitationFeature: Feature = (composer, { database, sales }) => {
  composer.command('invite', async (context) => {
    const { id, texts } = context.user;
    const { came, rewarded } = await database.stores.referrals.of(id);
    const count = sales.referralCredits;
    const text = Html.join(
      [
        count === 0
          ? texts.html('invite-free')
          : texts.html('invite', { credits: texts.html('count-credits', { count }) }),
        texts.html('invite-link', { link: startLink(context, `ref_${id}`) }),
        came > 0 && texts.html('invite-came', { came, rewarded }),
      ],
      '\n\n',
    );
    await say(context, text, wayOn(context, false));
  });
};
