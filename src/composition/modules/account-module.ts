import { ContainerModule } from 'inversify';
import { AdmitUser } from '../../application/account/admit-user.js';
import { ChangePreferences } from '../../application/account/change-preferences.js';
import { GrantCredits } from '../../application/account/grant-credits.js';
import { build } from '../build.js';
import { parts } from '../identifiers.js';

/** People, what they prefer and what they own in credits. */
export const accountModule = new ContainerModule(({ bind }) => {
  build(bind, AdmitUser, parts('database', 'clock', 'policy'));
  build(bind, ChangePreferences, parts('database'));
  build(bind, GrantCredits, parts('database', 'clock', 'ids', 'policy'));
});
