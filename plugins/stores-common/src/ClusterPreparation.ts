import { z } from 'zod';

const time = z.iso.datetime({ offset: true });

const itemSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'kept', 'failed']),
  startedAt: time.optional(),
  finishedAt: time.optional(),
  done: z.number().optional(),
  total: z.number().optional(),
  unit: z.enum(['packages']).optional(),
});

const preparationSchema = z.object({
  instance: z.string(),
  status: z.enum(['running', 'ready', 'failed']),
  startedAt: time,
  updatedAt: time,
  finishedAt: time.optional(),
  part: z.number(),
  parts: z.number(),
  elapsedSeconds: z.number(),
  remainingSeconds: z.number().optional(),
  log: z.string(),
  items: z.array(itemSchema),
  error: z
    .object({ message: z.string(), remedy: z.string().optional() })
    .optional(),
});

/**
 * One part of what a local cluster's making takes.
 *
 * @public
 */
export interface ClusterPreparationItem {
  id: string;
  title: string;
  /** `kept`: it was there already. */
  status: 'waiting' | 'running' | 'done' | 'kept' | 'failed';
  startedAt?: string;
  finishedAt?: string;
  done?: number;
  total?: number;
  unit?: 'packages';
}

/**
 * How far the making of a local cluster is. Times are ISO 8601.
 *
 * @public
 */
export interface ClusterPreparation {
  instance: string;
  status: 'running' | 'ready' | 'failed';
  startedAt: string;
  updatedAt: string;
  finishedAt?: string;
  /** The part that runs, from 1. */
  part: number;
  parts: number;
  elapsedSeconds: number;
  /** An estimate; absent when there is none. */
  remainingSeconds?: number;
  /** Path of the log file. */
  log: string;
  items: ClusterPreparationItem[];
  error?: { message: string; remedy?: string };
}

/**
 * Reads a preparation out of the text of its file.
 *
 * @throws SyntaxError or ZodError when the text is not one
 * @public
 */
export function parseClusterPreparation(text: string): ClusterPreparation {
  return preparationSchema.parse(JSON.parse(text));
}
