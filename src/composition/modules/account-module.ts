import { ContainerModule } from 'inversify';
import { AdmitUser } from '../../application/account/admit-user.js';
import { ChangePreferences } from '../../application/account/change-preferences.js';
import { GrantCredits } from '../../application/account/grant-credits.js';
import { AnswerOnce } from '../../application/account/keys/answer-once.js';
import { AuthenticateApiKey } from '../../application/account/keys/authenticate-api-key.js';
import { CreateApiKey } from '../../application/account/keys/create-api-key.js';
import { RevokeApiKey } from '../../application/account/keys/revoke-api-key.js';
import { build } from '../build.js';
import { parts } from '../identifiers.js';

/** People, what they prefer and what they own in credits. */
export const accountModule = new ContainerModule(({ bind }) => {
  build(bind, AdmitUser, parts('database', 'clock', 'policy'));
  build(bind, ChangePreferences, parts('database'));
  build(bind, CreateApiKey, parts('database', 'clock', 'ids', 'policy', 'secureBytes', 'secretDigest'));
  build(bind, RevokeApiKey, parts('database', 'clock'));
  build(bind, AuthenticateApiKey, parts('database', 'clock', 'log', 'policy', 'secretDigest'));
  build(bind, AnswerOnce, parts('database', 'clock', 'ids', 'log'));
  build(bind, GrantCredits, parts('database', 'clock', 'ids', 'policy'));
});
