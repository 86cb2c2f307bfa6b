import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { Stopwatch } from './Stopwatch';

/** Where the portal is that a start brought. */
export interface StartedPortal {
  baseUrl: string;
  token: string;
}

/**
 * What a start does. Each step finds what an earlier start did and does only the rest, so that all of them
 * are run at every start, in the same order.
 */
export interface StartSteps {
  /** Fails with what stands in the way, before anything is changed. */
  check(): Promise<void>;
  startPortal(): Promise<StartedPortal>;
  bringCluster(): Promise<void>;
  bringDemoStore(portal: StartedPortal): Promise<Store>;
  /** The lines that a person needs in the end. */
  summarize(portal: StartedPortal, store: Store): Promise<string[]>;
}

/** Options of {@link runStart}. */
export interface RunStartOptions {
  steps: StartSteps;
  print: (line: string) => void;
  signal: AbortSignal;
}

/** Runs the steps in their order, a line each. Resolves to the exit code. */
export async function runStart(options: RunStartOptions): Promise<number> {
  const { steps, print, signal } = options;
  const watch = Stopwatch.create(print);
  const next = () => signal.throwIfAborted();

  await steps.check();
  watch.lap('checks');

  next();
  const first = await steps.startPortal();
  watch.lap(`portal: ${first.baseUrl}`);
  print(
    'It shows how far the rest is. An interruption is safe: npm start goes on.',
  );

  next();
  await steps.bringCluster();
  watch.lap('cluster and images');

  next();
  // Only a cluster that is there knows its ports; a portal that guessed them right is left as it is.
  const portal = await steps.startPortal();
  const store = await steps.bringDemoStore(portal);
  watch.lap(`demo store: ${store.state}`);

  const lines = await steps.summarize(portal, store);
  lines.forEach(line => print(line));
  return store.state === 'FAILED' ? 1 : 0;
}
