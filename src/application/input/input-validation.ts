import { getMetadataStorage, IsIn, ValidateIf, type ValidationError, validateSync } from 'class-validator';
import { invalidInput, type Problem } from '../../domain/errors.js';
import { cut, shown } from '../../domain/text/cut-text.js';

/** Decorates a field that need not be there. If it is, it must be right: `null` is a value like any other. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Decorates a field that has one of these words. */
export const IsOneOf = (words: readonly string[]): PropertyDecorator =>
  IsIn(words, { context: { allowed: words.join(', ') } });

/** An input as it came: which of it is right is not known yet. */
export type Sent<Input> = { readonly [Field in keyof Input]?: unknown };

/**
 * Reads what somebody sent into its input class, whose decorators say what is allowed. What is wrong stays out: its
 * field keeps the default of the class.
 * @returns with every problem: each wrong field, and each key that is no field of the class
 */
export function readInput<Input extends object>(
  type: new () => Input,
  given: Sent<Input>,
): { input: Input; problems: Problem[] } {
  const fields = fieldsOf(type);
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  // `whitelist` of class-validator would take `constructor` and `hasOwnProperty` for fields: every object has them.
  const unknown = entries.filter(([key]) => !fields.includes(key));
  const input = new type();
  for (const [key, value] of entries) if (fields.includes(key)) Reflect.set(input, key, value);
  const wrong = validateSync(input, { stopAtFirstError: true });
  const defaults = new type();
  for (const { property } of wrong) Reflect.set(input, property, Reflect.get(defaults, property));
  return { input, problems: [...wrong.map(problemOf), ...unknown.map(([key]) => unknownKey(key, fields))] };
}

/** The same where nothing else is to be said. @throws DomainError `invalid_input` with every problem. */
export function checkedInput<Input extends object>(type: new () => Input, given: Sent<Input>): Input {
  const { input, problems } = readInput(type, given);
  refuseIfWrong(problems);
  return input;
}

/** The names of its fields that have a decorator. */
function fieldsOf(type: new () => object): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

const unknownKey = (key: string, fields: readonly string[]): Problem => ({
  field: cut(key, 40),
  code: 'unknown_value',
  allowed: fields.join(', '),
});

/** What a constraint of class-validator says about a field, in our words. */
function problemOf(error: ValidationError): Problem {
  const received = error.value === undefined || error.value === null ? undefined : shown(error.value, 60);
  const [allowed] = Object.values(error.contexts ?? {}).map((context) => String(context.allowed));
  return {
    field: error.property,
    code: received === undefined || received.trim() === '' ? 'required' : 'malformed',
    ...(received === undefined ? {} : { received }),
    ...(allowed === undefined ? {} : { allowed }),
  };
}

/** @throws DomainError `invalid_input` with every problem found, unless there is none. */
export function refuseIfWrong(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalidInput(problems);
}
