import type { Order } from './order.js';

/**
 * How much of a picture is made anew when another one like it is asked for, 0-1. fal's own choice is 0.85; below a half
 * hardly anything changes.
 */
export const changes = { little: 0.5, more: 0.7, lot: 0.9 } as const;
export type Change = keyof typeof changes;
export const changeNames = Object.keys(changes) as readonly Change[];

/** What people call an amount. */
export const changeNamed = (amount: number): Change =>
  changeNames.find((name) => amount <= changes[name]) ?? 'lot';

/** Whether another picture can be made from one of this order: only with a LoRA. */
export const canBeVaried = (order: Order): boolean => 'loras' in order;
