import { expect, test } from 'vitest';
import { numbersCsv } from '../../../src/application/operator/numbers-csv.js';
import { ReportNumbers } from '../../../src/application/operator/report-numbers.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { secondsLater, someone } from '../../support/builders/ids.js';

async function world() {
  const database = new InMemoryDatabase();
  const clock = new FakeClock(secondsLater(3600));
  await givenUser(database.stores, { id: someone, credits: 20 });
  await givenGeneration(database.stores, { status: 'delivered', cost: 35_000 });
  await database.stores.payments.add(aPayment());
  return new ReportNumbers({ database, clock });
}

test('a file has each number in a line of its own, and nothing where nothing is known', async () => {
  const report = await world();
  const csv = numbersCsv(await report.execute({ days: 7 }));
  const lines = csv.split('\n');
  expect(lines[0]).toBe('section,subject,name,value');
  expect(lines.at(-1)).toBe('');
  for (const line of [
    'span,,days,7',
    'span,,from,2025-12-26T00:00:00.000Z',
    'people,,joined,1',
    'work,pictures,delivered,1',
    'work,pictures,success,1',
    'work,pictures,p50,30',
    'work,trainings,success,',
    'money,,stars,100',
    'money,,given,20',
    'money,,cost,0.035',
    'earnings,balanced,credits,5',
    `person,${someone},stars,100`,
  ])
    expect(lines, line).toContain(line);
  expect(lines.slice(0, -1).every((line) => line.split(',').length === 4)).toBe(true);
});

test.each([0, 1.5, 367, 'many', null])('%j is no number of days', async (days) => {
  const report = await world();
  await expect(report.execute({ days })).rejects.toMatchObject({ refusal: { code: 'invalid_input' } });
});
