import {
  getMetadataStorage,
  IsIn,
  ValidateIf,
  ValidateNested,
  type ValidationError,
  validateSync,
} from 'class-validator';
import { invalidInput, type Problem } from '../../domain/errors.js';
import { cut, shown } from '../../domain/text/cut-text.js';

/** Decorates a field that need not be there. If it is, it must be right: `null` is a value like any other. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Decorates a field that has one of these words. */
export const IsOneOf = (words: readonly string[]): PropertyDecorator =>
  IsIn(words, { context: { allowed: words.join(', ') } });

/** Decorates a field that is an input of its own. */
export const Nested = (type: new () => object): PropertyDecorator => ValidateNested({ context: { type } });

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
  const { input, unknown } = filled(type, given);
  const wrong = validateSync(input, { stopAtFirstError: true });
  const defaults = new type();
  for (const { property } of wrong) Reflect.set(input, property, Reflect.get(defaults, property));
  return { input, problems: [...wrong.flatMap(problemsOf), ...unknown] };
}

/**
 * Takes those of the keys that are fields. `whitelist` of class-validator would take `constructor` and
 * `hasOwnProperty` for fields, too: every object has them.
 */
function filled<Input extends object>(type: new () => Input, given: object) {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const fields = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const input = new type();
  const unknown: Problem[] = [];
  for (const [key, value] of Object.entries(given ?? {})) {
    const inner = rules.find(({ propertyName, context }) => propertyName === key && context?.type)?.context;
    if (value === undefined) continue;
    if (!fields.includes(key)) {
      unknown.push({ field: cut(key, 40), code: 'unknown_value', allowed: fields.join(', ') });
    } else if (inner !== undefined && typeof value === 'object' && value !== null) {
      const part = filled(inner.type, value);
      Reflect.set(input, key, part.input);
      unknown.push(...part.unknown);
    } else Reflect.set(input, key, value);
  }
  return { input, unknown };
}

/** The same where nothing else is to be said. @throws DomainError `invalid_input` with every problem. */
export function checkedInput<Input extends object>(type: new () => Input, given: Sent<Input>): Input {
  const { input, problems } = readInput(type, given);
  refuseIfWrong(problems);
  return input;
}

/** What a constraint of class-validator says about a field, in our words. */
function problemsOf(error: ValidationError): Problem[] {
  if (error.children !== undefined && error.children.length > 0) return error.children.flatMap(problemsOf);
  const received = error.value === undefined || error.value === null ? undefined : shown(error.value, 60);
  const [allowed] = Object.values(error.contexts ?? {}).map((context) => String(context.allowed));
  const code = received === undefined || received.trim() === '' ? 'required' : 'malformed';
  return [
    {
      ...{ field: error.property, code },
      ...(received === undefined ? {} : { received }),
      ...(allowed === undefined ? {} : { allowed }),
    },
  ];
}

/** @throws DomainError `invalid_input` with every problem found, unless there is none. */
export function refuseIfWrong(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalidInput(problems);
}
