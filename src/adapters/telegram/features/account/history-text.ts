import type { WayInDatabase } from '../../../../application/ports/stores/way-in-database.js';
import { type Generation, imagesOrdered } from '../../../../domain/generation/generation.js';
import { generationId, trainingId, type UserId } from '../../../../domain/ids.js';
import { type JobLine, jobLines } from '../../../../domain/ledger-lines.js';
import { purchaseOf } from '../../../../domain/payments/payment.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { Training } from '../../../../domain/training/training.js';
import { decimal } from '../../wording/decimal.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

const entriesRead = 60;
const linesShown = 12;
const lettersOfPrompt = 30;

type Stores = WayInDatabase['stores'];

/** What a line is about, and how that ended; `null` where it is not known any more. */
interface About {
  readonly what: Html;
  readonly ended: Generation['status'] | Training['status'] | null;
}

/** What happened to somebody's credits: which picture or training it was, and why what did not arrive came back. */
export async function historyText(
  { ledger, payments, ...stores }: Stores,
  owner: UserId,
  texts: Translator,
): Promise<Html | null> {
  const [entries, paid] = await Promise.all([ledger.history(owner, entriesRead), payments.list(owner)]);
  const lines = jobLines(entries).slice(0, linesShown);
  if (lines.length === 0) return null;
  const bonuses = new Map(paid.map(({ charge, bonus }) => [purchaseOf(charge), bonus]));
  const jobs = await jobsOf(lines, owner, stores, texts);
  return Html.join([
    texts.html('balance-history'),
    ...lines.map((line) => {
      const about = jobs.get(line.reason) ?? { what: texts.html(`ledger-what-${line.what}`), ended: null };
      const text = jobText(line, about, texts) ?? giftText(line, bonuses.get(line.reason) ?? 0, texts);
      const { amount, at } = line;
      if (amount === 0) return texts.html('ledger-line-back', { text, at });
      const signed = `${amount > 0 ? '+' : '−'}${decimal(Math.abs(amount), texts)}`;
      return texts.html('ledger-line', { amount: signed, text, at });
    }),
  ]);
}

/** By the account of their line. */
async function jobsOf(
  lines: readonly JobLine[],
  owner: UserId,
  { generations, trainings, avatars }: Pick<Stores, 'avatars' | 'generations' | 'trainings'>,
  texts: Translator,
): Promise<Map<string, About>> {
  const of = (what: JobLine['what']) =>
    lines.filter((line) => line.what === what).map(({ reason }) => reason);
  const [pictures, names, trained] = await Promise.all([
    generations.withProgress(of('generation').map((reason) => generationId(idIn(reason)))),
    avatars.list(owner),
    Promise.all(of('training').map((reason) => trainings.findOwned(owner, trainingId(idIn(reason))))),
  ]);
  const known = new Map<string, About>();
  for (const { generation } of pictures)
    known.set(generation.id, { what: pictureText(generation, texts), ended: generation.status });
  for (const training of trained) {
    const name = names.find(({ id }) => id === training?.avatar)?.name;
    if (training === null || name === undefined) continue;
    known.set(training.id, { what: texts.html('ledger-training', { name }), ended: training.status });
  }
  return new Map(
    lines.flatMap(({ reason }): [string, About][] => {
      const about = known.get(idIn(reason));
      return about === undefined ? [] : [[reason, about]];
    }),
  );
}

/** `generation:<id>`, or `generation:<id>#<run>` of one that the operator had started over. */
const idIn = (account: string): string => account.split(/[:#]/)[1] ?? '';

function pictureText(generation: Generation, texts: Translator): Html {
  const prompt = cut(generation.prompt.replace(/\s+/gu, ' ').trim(), lettersOfPrompt);
  if (generation.preset === null) return texts.html('ledger-enlarged', { prompt });
  const count = 'imageCount' in generation ? generation.imageCount : imagesOrdered(generation.order);
  return texts.html('ledger-pictures', { count, prompt });
}

/** `null` for what is no job's. */
function jobText(
  { kind, amount, returned }: JobLine,
  { what, ended }: About,
  texts: Translator,
): Html | null {
  switch (kind) {
    case 'held':
      return texts.html('ledger-held', { what });
    case 'paid':
      // A hold comes back whole before it is paid; what is more than was paid did not arrive.
      return texts.html('ledger-paid', { what, credits: Math.max(0, returned + amount) });
    case 'returned':
      return texts.html('ledger-returned', { what, credits: returned, why: whyText(ended, texts) });
    default:
      return null;
  }
}

function whyText(ended: About['ended'], texts: Translator): Html {
  if (ended === 'cancelled' || ended === 'blocked' || ended === 'failed')
    return texts.html(`ledger-why-${ended}`);
  return texts.html('ledger-why-lost');
}

function giftText({ kind, reason }: JobLine, bonus: number, texts: Translator): Html {
  switch (kind) {
    case 'purchase':
      return bonus > 0
        ? texts.html('ledger-purchase-promo', { percent: bonus })
        : texts.html('ledger-purchase');
    case 'payback':
      if (reason.startsWith('payback:referral:')) return texts.html('ledger-referral-lost');
      return reason.startsWith('payback:operator:')
        ? texts.html('ledger-taken-back', { reason: cut(reason.split(':').slice(3).join(':'), 80) })
        : texts.html('ledger-payback');
    case 'chargeback':
    case 'expiry':
      return texts.html(`ledger-${kind}`);
    case 'grant':
      if (reason.startsWith('welcome:')) return texts.html('ledger-welcome');
      if (reason.startsWith('sandbox-')) return texts.html('ledger-sandbox');
      if (reason.startsWith('promo:')) return texts.html('ledger-promo');
      if (reason.startsWith('referral:')) return texts.html('ledger-referral');
      return texts.html('ledger-grant', { reason: givenFor(reason) });
    default:
      return texts.html('ledger-refund', { reason: givenFor(reason) });
  }
}

const givenFor = (reason: string): string => cut(reason.slice(reason.indexOf(':') + 1), 80);
