/** The server cannot have its port. The message names the port and the way out, for the person who runs the program. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';

  constructor(port: number, host: string, cause: unknown) {
    super(`Cannot listen on port ${port} of ${host}: ${reasonOf(cause)}`, { cause });
  }
}

const another = 'set HTTP_PORT to another one (0 takes any that is free)';

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `another program has it, maybe this one started before. Stop that, or ${another}.`;
    case 'EACCES':
      return `this user may not use it. Ports below 1024 are often reserved: ${another}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'this machine has no such address.';
    default:
      return `${cause instanceof Error ? cause.message : String(cause)}. Mend that, or ${another}.`;
  }
}
