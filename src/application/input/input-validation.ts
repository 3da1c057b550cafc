import { type ValidationError, validateSync } from 'class-validator';
import { invalidInput, type Problem } from '../../domain/errors.js';
import { cut } from '../../domain/text/cut-text.js';

/** What a constraint of class-validator says about a field, in our words. */
function problemOf(error: ValidationError): Problem {
  const received = error.value === undefined || error.value === null ? undefined : String(error.value);
  const [allowed] = Object.values(error.contexts ?? {}).map((context) => String(context.allowed));
  return {
    field: error.property,
    code: received === undefined || received.trim() === '' ? 'required' : 'malformed',
    ...(received === undefined ? {} : { received: cut(received, 60) }),
    ...(allowed === undefined ? {} : { allowed }),
  };
}

/** Every wrong field of an input object, judged by its class-validator decorators. */
export const problemsOf = (input: object): Problem[] =>
  validateSync(input, { forbidUnknownValues: true, stopAtFirstError: true }).map(problemOf);

/** @throws DomainError `invalid_input` with every problem found, unless there is none. */
export function refuseIfWrong(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalidInput(problems);
}
