import { traineeName } from './trainees.js';
import type { World } from './world.js';

export interface TrainingAudit {
  readonly trainings: number;
  readonly trainingsReady: number;
  /** Without an end that was told and charged for as it should be, each with what is wrong. */
  readonly trainingTroubles: readonly string[];
}

interface Row {
  id: string;
  owner: string;
  status: string;
  price: number;
  charged: string;
  announced_at: Date | null;
  proof: { status: string; announcedAt?: string | null } | null;
}

/** Whether each training came to an end, was told, and was paid for if and only if there are weights. */
export async function auditTrainings({ pool, telegram }: World): Promise<TrainingAudit> {
  const { rows } = await pool.query<Row>(`
    select id, owner, status, price, announced_at, proof,
      (select coalesce(-sum(amount), 0) from ledger_entries where account = 'training:' || trainings.id) as charged
    from trainings`);
  const trainingTroubles = rows.flatMap((row) => {
    const owed = row.status === 'ready' ? row.price : 0;
    const isTold = telegram.drive
      .messages(Number(row.owner))
      .some(({ from, text }) => from !== Number(row.owner) && text?.includes(traineeName(Number(row.owner))));
    const wrong = [
      !['ready', 'failed', 'cancelled'].includes(row.status) && 'has not ended',
      row.announced_at === null && 'is not announced',
      !isTold && 'is not in the chat',
      row.status === 'ready' && !hasProof(row) && `its proof sheet is ${JSON.stringify(row.proof)}`,
      Number(row.charged) !== owed && `was charged ${row.charged} instead of ${owed}`,
    ].filter((problem) => problem !== false);
    return wrong.map((problem) => `training ${row.id} (${row.status}) ${problem}`);
  });
  const trainingsReady = rows.filter(({ status }) => status === 'ready').length;
  return { trainings: rows.length, trainingsReady, trainingTroubles };
}

const hasProof = ({ proof }: Row): boolean =>
  proof?.status === 'none' || (proof?.status === 'composed' && proof.announcedAt != null);
