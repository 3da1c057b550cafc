import { StaleWrite } from '../ports/stores/jobs/leases.js';

/** For so long the database is waited for once something was handed over or bought. */
const patienceSeconds = 30;

export type Sleep = (milliseconds: number) => Promise<void>;

/**
 * Writes down what cannot be taken back: that something was handed over, or bought. While the database is away that is
 * not forgotten, or the person would get it twice, or we would pay for it twice. Throws what the last try threw;
 * StaleWrite at once.
 *
 * @param onTrouble is told of each try that failed and will be repeated
 */
export async function retryWrite<Result>(
  write: () => Promise<Result>,
  sleep: Sleep,
  onTrouble: (error: unknown) => void,
): Promise<Result> {
  for (let second = 1; ; second += 1) {
    try {
      return await write();
    } catch (error) {
      if (error instanceof StaleWrite || second >= patienceSeconds) throw error;
      onTrouble(error);
      await sleep(1000);
    }
  }
}
