import { ContainerModule } from 'inversify';
import { CancelSubscription } from '../../application/payments/cancel-subscription.js';
import { DeleteAvatar } from '../../application/personal-data/delete-avatar.js';
import { DeleteUser } from '../../application/personal-data/delete-user.js';
import { ExportUserData } from '../../application/personal-data/export-user-data.js';
import { DescribeStoredData } from '../../application/personal-data/stored-data.js';
import { build, ifBound } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** What is stored of a person: told, handed out, deleted. */
export const personalDataModule = new ContainerModule(({ bind }) => {
  build(bind, DescribeStoredData, { ...parts('database'), policy: s.trainingPolicy });
  build(bind, ExportUserData, { ...parts('database', 'media', 'log'), archives: s.archiveWriter });
  build(bind, DeleteAvatar, parts('database', 'media', 'clock'));
  build(bind, DeleteUser, {
    ...parts('database', 'media', 'clock', 'ids', 'log'),
    cancelSubscription: ifBound(CancelSubscription),
  });
});
