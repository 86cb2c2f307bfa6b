import type {
  TemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';

/** What an action did with its context. */
export interface Run {
  outputs: Record<string, unknown>;
  log: string;
}

/** Options of {@link runAction}. */
export interface RunActionOptions {
  isDryRun?: boolean;
  signal?: AbortSignal;
  taskId?: string;
  stepId?: string;
  /** The checkpoints that an earlier run of the task left. */
  checkpoints?: Map<string, unknown>;
  /** Lines of the log, as they come. */
  onLog?(line: string): void;
}

/** Runs an action as the scaffolder would, with what it logs and outputs kept. */
export async function runAction<
  Input extends JsonObject,
  Output extends JsonObject,
>(
  action: TemplateAction<Input, Output, 'v2'>,
  input: Input,
  options: RunActionOptions = {},
): Promise<Run> {
  const outputs: Record<string, unknown> = {};
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(line);
    options.onLog?.(line);
  };
  const { checkpoints = new Map() } = options;
  const context = createMockActionContext<Input, Output>({ input });
  await action.handler({
    ...context,
    logger: { ...context.logger, info: write, warn: write, error: write },
    isDryRun: options.isDryRun,
    signal: options.signal,
    task: { id: options.taskId ?? 'a-task' },
    step: { id: options.stepId ?? 'store', name: 'A step' },
    output: (name, value) => {
      outputs[String(name)] = value;
    },
    checkpoint: async ({ key, fn }) => {
      if (!checkpoints.has(key)) {
        checkpoints.set(key, await fn());
      }
      return checkpoints.get(key);
    },
  });
  return { outputs, log: lines.join('\n') };
}

/** The input of an example's step. */
export function inputOf<Input>({ example }: TemplateExample): Input {
  return parse(example).steps[0].input;
}
