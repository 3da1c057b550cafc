import { z } from '@hono/zod-openapi';
import { failureKinds } from '../../../domain/failure.js';
import { chargedForTraining, isOpenTraining, type Training } from '../../../domain/training/training.js';
import { trainingSpeeds } from '../../../domain/training/training-order.js';

const statuses = ['queued', 'running', 'ready', 'failed', 'cancelled'] as const;

export const trainingSchema = z
  .object({
    id: z.uuid(),
    avatar: z.uuid(),
    status: z.enum(statuses).openapi({ description: 'Of what failed or was cancelled nothing is charged.' }),
    speed: z.enum(trainingSpeeds),
    credits: z.int().openapi({ description: 'Set aside while it is open, then what was charged.' }),
    created_at: z.iso.datetime(),
    failure: z.object({ kind: z.enum(failureKinds) }).optional(),
  })
  .openapi('Training');

export type TrainingView = z.infer<typeof trainingSchema>;

function statusOf({ status }: Training): TrainingView['status'] {
  switch (status) {
    case 'accepted':
    case 'submitting':
      return 'queued';
    case 'training':
      return 'running';
    case 'ready':
    case 'failed':
    case 'cancelled':
      return status;
    default:
      return status satisfies never;
  }
}

export const trainingView = (training: Training): TrainingView => ({
  id: training.id,
  avatar: training.avatar,
  status: statusOf(training),
  speed: training.speed,
  credits: isOpenTraining(training) ? training.price : chargedForTraining(training),
  created_at: training.createdAt.toISOString(),
  // What the operator reads of it is not for everybody.
  ...(training.status === 'failed' ? { failure: { kind: training.failure.kind } } : {}),
});
