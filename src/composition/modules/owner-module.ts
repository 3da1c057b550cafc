import { ContainerModule } from 'inversify';
import { ZipArchiveWriter } from '../../adapters/archives/zip-archive-writer.js';
import { LoraFiles } from '../../application/avatars/lora-files.js';
import { DeleteAvatar } from '../../application/personal-data/delete-avatar.js';
import { DeleteUser } from '../../application/personal-data/delete-user.js';
import { ExportUserData } from '../../application/personal-data/export-user-data.js';
import { DescribeStoredData } from '../../application/personal-data/stored-data.js';
import type { TrainingPolicy } from '../../application/policy/training-policy.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Logger } from '../../application/ports/logger.js';
import type { Database } from '../../application/ports/stores/stores.js';
import type { Transport } from '../../application/ports/transport.js';
import { ExpireDrafts } from '../../application/upkeep/expire-drafts.js';
import { identify, services as s } from '../identifiers.js';
import { trainingServices as t } from '../training-identifiers.js';

/** What an owner may do with what is theirs: take it along, bring it, delete it. */
export const ownerServices = {
  deleteAvatar: identify<DeleteAvatar>('DeleteAvatar'),
  loraFiles: identify<LoraFiles>('LoraFiles'),
  describeStoredData: identify<DescribeStoredData>('DescribeStoredData'),
  exportUserData: identify<ExportUserData>('ExportUserData'),
  deleteUser: identify<DeleteUser>('DeleteUser'),
} as const;
const o = ownerServices;

export const ownerModule = new ContainerModule(({ bind }) => {
  bind(o.deleteAvatar).toResolvedValue(
    (database, media, clock) => new DeleteAvatar({ database, media, clock }),
    [s.database, s.media, s.clock],
  );
  bind(t.expireDrafts)
    .toResolvedValue(
      (
        database: Database,
        transports: Transport[],
        deletion: DeleteAvatar,
        clock: Clock,
        policy: TrainingPolicy,
        log: Logger,
      ) => new ExpireDrafts({ database, transports, deleteAvatar: deletion, clock, policy, log }),
      [
        s.database,
        { isMultiple: true, serviceIdentifier: s.transport },
        o.deleteAvatar,
        s.clock,
        t.policy,
        s.log,
      ],
    )
    .inSingletonScope();
  bind(o.loraFiles).toResolvedValue(
    (database, media, library, clock, ids, policy) =>
      new LoraFiles({ database, media, library, clock, ids, policy }),
    [s.database, s.media, t.weightsLibrary, s.clock, s.ids, s.policy],
  );
  bind(o.describeStoredData).toResolvedValue(
    (database, policy) => new DescribeStoredData({ database, policy }),
    [s.database, t.policy],
  );
  bind(o.exportUserData).toResolvedValue(
    (database, media, log) => new ExportUserData({ database, media, archives: new ZipArchiveWriter(), log }),
    [s.database, s.media, s.log],
  );
  bind(o.deleteUser).toResolvedValue(
    (database, media, clock, ids, log) => new DeleteUser({ database, media, clock, ids, log }),
    [s.database, s.media, s.clock, s.ids, s.log],
  );
});
