import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { admissionStoresContract } from './admission-stores.js';
import { alertStoreContract } from './alert-store.js';
import { avatarStoreContract } from './avatar-store.js';
import { billStoreContract } from './bill-store.js';
import { botStoresContract } from './bot-stores.js';
import { broadcastStoreContract } from './broadcast-store.js';
import { caseStoreContract } from './case-store.js';
import { countsContract } from './counts.js';
import { draftStoreContract } from './draft-store.js';
import { endpointFactsContract } from './endpoint-status-store.js';
import { galleryStoreContract } from './gallery-store.js';
import { generationLeasesContract } from './generation-leases.js';
import { generationLineContract } from './generation-line.js';
import { generationStoreContract } from './generation-store.js';
import { imageStoreContract } from './image-store.js';
import { jobQueueContract } from './job-queue.js';
import { jobRecordStoreContract } from './job-record-store.js';
import { ledgerContract } from './ledger.js';
import { moneyMessageStoreContract } from './money-message-store.js';
import { numbersStoreContract } from './numbers-store.js';
import type { OpenedStores, OpenStores } from './open-stores.js';
import { operatorStoresContract } from './operator-stores.js';
import { paymentStoreContract } from './payment-store.js';
import { personStoreContract } from './person-store.js';
import { personalDataContract } from './personal-data.js';
import { photoStoreContract } from './photo-store.js';
import { promoStoreContract } from './promo-store.js';
import { quotaStoreContract } from './quota-store.js';
import { referralStoreContract } from './referral-store.js';
import { starBooksStoreContract } from './star-books-store.js';
import { subscriptionStoreContract } from './subscription-store.js';
import { trainingStoreContract } from './training-store.js';
import { updateInboxContract } from './update-inbox.js';
import { userStoreContract } from './user-store.js';
import { usualStepsContract } from './usual-steps.js';
import { webhookInboxContract } from './webhook-inbox.js';

/** Holds for every Database: the suites of its stores, each test on an empty one. */
export function storesContract(name: string, open: OpenStores): void {
  describe(name, () => {
    let stores: OpenedStores | undefined;
    const opened = (): OpenedStores => {
      if (stores === undefined) throw new Error('the database is not open yet');
      return stores;
    };
    beforeAll(async () => {
      stores = await open();
    });
    beforeEach(() => opened().clear());
    afterAll(() => stores?.close());

    countsContract(opened);
    draftStoreContract(opened);
    userStoreContract(opened);
    avatarStoreContract(opened);
    generationStoreContract(opened);
    generationLineContract(opened);
    usualStepsContract(opened);
    generationLeasesContract(opened);
    imageStoreContract(opened);
    ledgerContract(opened);
    paymentStoreContract(opened);
    starBooksStoreContract(opened);
    moneyMessageStoreContract(opened);
    promoStoreContract(opened);
    subscriptionStoreContract(opened);
    numbersStoreContract(opened);
    referralStoreContract(opened);
    jobQueueContract(opened);
    jobRecordStoreContract(opened);
    alertStoreContract(opened);
    operatorStoresContract(opened);
    admissionStoresContract(opened);
    personStoreContract(opened);
    caseStoreContract(opened);
    broadcastStoreContract(opened);
    quotaStoreContract(opened);
    billStoreContract(opened);
    webhookInboxContract(opened);
    endpointFactsContract(opened);
    trainingStoreContract(opened);
    photoStoreContract(opened);
    personalDataContract(opened);
    botStoresContract(opened);
    updateInboxContract(opened);
    galleryStoreContract(opened);
  });
}
