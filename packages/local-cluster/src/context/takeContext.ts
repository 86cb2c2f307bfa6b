import { InputError } from '@backstage/errors';
import { runProgram } from '../platform/runProgram';
import { PreparationError } from '../progress';

/**
 * Makes sure that the user's kubeconfig has a context.
 *
 * @param context - absent: an error that asks for one
 * @throws InputError with the contexts that there are; PreparationError without kubectl
 */
export async function findContext(
  context: string | undefined,
  signal?: AbortSignal,
): Promise<string> {
  if (!context) {
    throw new InputError(
      'which context? Name one by --context: the current one is never taken unnamed',
    );
  }
  let names: string[];
  try {
    const text = await runProgram(
      ['kubectl'],
      ['config', 'get-contexts', '-o', 'name'],
      { signal },
    );
    names = text.split('\n').filter(Boolean);
  } catch (error) {
    signal?.throwIfAborted();
    throw new PreparationError("kubectl can't be run", {
      remedy: 'put kubectl and helm into PATH',
      cause: error,
    });
  }
  if (!names.includes(context)) {
    throw new InputError(
      `the kubeconfig has no context '${context}', it has ${
        names.map(name => `'${name}'`).join(', ') || 'none'
      }`,
    );
  }
  return context;
}

/** Takes one context out of the user's kubeconfig, so that changes there don't change what we work on. */
export async function takeContext(
  context: string,
  signal?: AbortSignal,
): Promise<{
  /** JSON, with keys and certificates in it. */
  kubeconfig: string;
  /** The API server's address. */
  server: URL;
}> {
  const kubeconfig = await runProgram(
    ['kubectl', `--context=${context}`],
    ['config', 'view', '--minify', '--flatten', '-o', 'json'],
    { signal },
  );
  const view: { clusters: { cluster: { server: string } }[] } =
    JSON.parse(kubeconfig);
  return {
    kubeconfig,
    server: new URL(view.clusters[0]?.cluster.server ?? ''),
  };
}
