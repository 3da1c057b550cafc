import { Option } from 'commander';

/** For commands that change something: see `CliHost.services`. */
export const newInstallation = (): Option =>
  new Option('--new', 'make a new installation in this folder if there is none');
