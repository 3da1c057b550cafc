/** The server cannot have its port. The message names the port and the way out, for the person who runs the program. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';

  /** @param setting the name of the setting that says the port */
  constructor(setting: string, port: number, host: string, cause: unknown) {
    super(`Cannot listen on port ${port} of ${host}: ${reasonOf(setting, cause)}`, { cause });
  }
}

function reasonOf(setting: string, cause: unknown): string {
  const another = `set ${setting} to another one (0 takes any that is free)`;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `another program has it, maybe this one started before. Stop that, or ${another}.`;
    case 'EACCES':
      return `this user may not use it. Ports below 1024 are often reserved: ${another}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'this machine has no such address. Set HTTP_HOST to one that it has.';
    default:
      return `${cause instanceof Error ? cause.message : String(cause)}. Mend that, or ${another}.`;
  }
}
