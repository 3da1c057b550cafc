import type { ProviderCheck } from '../ports/operator/provider-check.js';

/** Whether the provider takes our key now. If it does, what waits goes on by itself: everything is tried twice a minute. */
export class AskProvider {
  constructor(private readonly parts: { readonly providerCheck: ProviderCheck }) {}

  execute(): ReturnType<ProviderCheck['takesKey']> {
    return this.parts.providerCheck.takesKey();
  }
}
