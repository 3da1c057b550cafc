import type { KeyboardButton } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';

type Button = Exclude<KeyboardButton, string>;
type RequestingButton = KeyboardButton.RequestUsersButton;

const numbers = { from: -(2 ** 31), to: 2 ** 31 - 1 };
const mostPeople = 10;

export const isRequesting = (button: KeyboardButton): button is RequestingButton =>
  typeof button === 'object' && 'request_users' in button;

/**
 * Checks a button that asks for people; others stay as they are.
 * @throws BotApiError 400
 */
export function readUserRequest(button: Button): Button {
  if (!isRequesting(button)) return button;
  const asked: unknown = button.request_users;
  if (typeof asked !== 'object' || asked === null)
    throw badRequest('can\'t parse keyboard button: Field "request_users" must be of type Object');
  const { request_id: id, max_quantity: quantity = 1, ...flags } = asked as Record<string, unknown>;
  if (id === undefined) throw badRequest('can\'t parse keyboard button: Can\'t find field "request_id"');
  if (!isWhole(id) || id < numbers.from || id > numbers.to)
    throw badRequest('can\'t parse keyboard button: Field "request_id" must be a valid Number');
  if (!isWhole(quantity) || quantity < 1 || quantity > mostPeople) throw badRequest('BUTTON_INVALID');
  for (const [name, flag] of Object.entries(flags))
    if (typeof flag !== 'boolean')
      throw badRequest(`can't parse keyboard button: Field "${name}" must be of type Boolean`);
  return button;
}

const isWhole = (value: unknown): value is number => Number.isInteger(value);

/** @throws BotApiError 400 when two of a message have the same number: their answers could not be told apart */
export function refuseSameRequests(rows: readonly (readonly KeyboardButton[])[]): void {
  const ids = rows
    .flat()
    .filter(isRequesting)
    .map(({ request_users: { request_id } }) => request_id);
  if (new Set(ids).size < ids.length) throw badRequest('BUTTON_ID_INVALID');
}
