import { IsUUID } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import { type ReportCategory, reportCategories } from '../../../domain/operator/case.js';
import { checkedInput, IsOneOf } from '../../input/input-validation.js';
import type { Asker } from '../../input/request-context.js';
import type { Needs } from '../../ports/needs.js';

export class RecipeReport {
  @IsUUID() recipe!: string;
  @IsOneOf(reportCategories) category!: ReportCategory;
}

/** Somebody who opened a shared recipe says that it should not be there. */
export class ReportRecipe {
  constructor(private readonly parts: Needs<'cases' | 'recipes', 'clock' | 'ids' | 'log'>) {}

  /** Reporting twice is one report. @throws DomainError `not_found`, also for one's own */
  async execute(given: RecipeReport, { owner }: Asker): Promise<void> {
    const { recipe: subject, category } = checkedInput(RecipeReport, given);
    const { database, clock, ids, log } = this.parts;
    const recipe = await database.stores.recipes.find(subject);
    if (recipe === null || recipe.owner === owner)
      throw new DomainError({ code: 'not_found', what: 'recipe' });
    const opened = { id: ids.uuid(), kind: 'recipe', person: recipe.owner, openedAt: clock.now() } as const;
    const isNew = await database.stores.cases.open({ ...opened, reporter: owner, subject, category });
    if (isNew) log.info('a shared recipe was reported', { recipe: subject, category });
  }
}
