import type { Api } from 'grammy';

type ApiSignal = NonNullable<Parameters<Api['getMe']>[0]>;

/** grammY takes Node's own signals, and names the type of a package that older Nodes needed. */
export const apiSignal = (signal: AbortSignal): ApiSignal => signal as ApiSignal;
