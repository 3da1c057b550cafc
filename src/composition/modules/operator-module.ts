import { ContainerModule } from 'inversify';
import { AskForAccess } from '../../application/operator/access/ask-for-access.js';
import { DecideAccess } from '../../application/operator/access/decide-access.js';
import { EndAccessLink } from '../../application/operator/access/end-access-link.js';
import { MakeAccessLink } from '../../application/operator/access/make-access-link.js';
import { OpenToAll } from '../../application/operator/access/open-to-all.js';
import { KeepIntent } from '../../application/operator/keep-intent.js';
import { ListActs } from '../../application/operator/list-acts.js';
import { PlotNumbers } from '../../application/operator/plot-numbers.js';
import { ReportNumbers } from '../../application/operator/report-numbers.js';
import { ShowJob } from '../../application/operator/show-job.js';
import { build } from '../build.js';
import { parts } from '../identifiers.js';

/** What the operator asks and does, by whichever way. */
export const operatorModule = new ContainerModule(({ bind }) => {
  build(bind, ShowJob, parts('database'));
  build(bind, ListActs, parts('database'));
  build(bind, KeepIntent, parts('database', 'clock', 'ids'));
  build(bind, ReportNumbers, parts('database', 'clock'));
  build(bind, AskForAccess, parts('database', 'clock', 'policy'));
  build(bind, DecideAccess, parts('database', 'clock', 'policy'));
  build(bind, MakeAccessLink, parts('database', 'clock', 'secureBytes'));
  build(bind, EndAccessLink, parts('database', 'clock'));
  build(bind, OpenToAll, parts('database', 'clock'));
  build(bind, PlotNumbers, parts('database', 'clock', 'numbersPlot'));
});
