import type { ApiMethods } from 'grammy/types';
import type { World } from '../state/world.js';
import { type FieldOf, Fields, type MethodName, type MethodParameters } from './method-parameters.js';
import type { CallBody } from './request-body.js';

type Result<Name extends MethodName> = ReturnType<ApiMethods[Name]>;

/** One method of the Bot API, ready to be called with whatever came over the wire. */
export interface Method {
  readonly name: MethodName;
  readonly call: (body: CallBody, world: World, connectionClosed: AbortSignal) => Promise<unknown>;
}

/** Ties name, fields and result to grammY's types, so that a mistake in any of them does not compile. */
export const method = <Name extends MethodName>(
  name: Name,
  answer: (parameters: MethodParameters<Name>, world: World) => Result<Name> | Promise<Result<Name>>,
): Method => ({
  name,
  call: async (body, world, connectionClosed) =>
    answer(new Fields<FieldOf<Name>>(body, connectionClosed), world),
});
