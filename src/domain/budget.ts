/** What an operator can set aside for fal's work. */
export const budgetPeriods = ['day', 'month'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

/** Millionths of a dollar, as estimates are kept. */
export type Spent = Readonly<Record<BudgetPeriod, number>>;

/** Limits of what people may order; `null`: none. */
export interface Quotas {
  /** Pictures of a person a day. */
  readonly pictures: number | null;
  /** For the whole, in millionths of a dollar. */
  readonly budgets: Readonly<Record<BudgetPeriod, number | null>>;
}

/** Midnight in UTC, when this day or month began… */
export const beginningOf = (period: BudgetPeriod, now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), period === 'day' ? now.getUTCDate() : 1));

/** …and when the next one does. */
export const endOf = (period: BudgetPeriod, now: Date): Date =>
  period === 'day'
    ? new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1))
    : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));

export const hasQuotas = ({ pictures, budgets }: Quotas): boolean =>
  pictures !== null || budgetPeriods.some((period) => budgets[period] !== null);

/** The longest of the periods whose budget this is more than; `null`: it is within all. */
export const overBudget = (spent: Spent, { budgets }: Pick<Quotas, 'budgets'>): BudgetPeriod | null =>
  [...budgetPeriods].reverse().find((period) => spent[period] > (budgets[period] ?? Infinity)) ?? null;

/** Of a budget that much is gone when operators are told. */
const nearly = 0.8;

export const nearlySpent = (spent: Spent, { budgets }: Pick<Quotas, 'budgets'>): BudgetPeriod[] =>
  budgetPeriods.filter((period) => spent[period] >= nearly * (budgets[period] ?? Infinity));
