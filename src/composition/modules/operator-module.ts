import { ContainerModule } from 'inversify';
import { KeepIntent } from '../../application/operator/keep-intent.js';
import { ListActs } from '../../application/operator/list-acts.js';
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
});
