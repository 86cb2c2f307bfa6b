import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { execa } from 'execa';

/** Options of {@link readFirstLogin}. */
export interface ReadFirstLoginOptions {
  store: Store;
  /** In which `kubectl` is the cluster's, under its admin: the portal's account doesn't read it for others. */
  environment: { PATH: string; KUBECONFIG: string };
}

async function kubectlJson<T>(
  options: ReadFirstLoginOptions,
  args: string[],
): Promise<T> {
  const { stdout } = await execa(
    'kubectl',
    [...args, '--namespace', options.store.namespace, '--output', 'json'],
    { env: options.environment, timeout: 20_000 },
  );
  return JSON.parse(stdout) as T;
}

interface Deployment {
  spec: {
    template: {
      spec: {
        containers: Array<{ env?: Array<{ name: string; value?: string }> }>;
      };
    };
  };
}

interface Secret {
  data: Record<string, string | undefined>;
}

/** The login of a shop's first administrator, for the terminal only; `undefined` when the shop has none. */
export async function readFirstLogin(
  options: ReadFirstLoginOptions,
): Promise<{ email: string; password: string } | undefined> {
  const [deployment, secret] = await Promise.all([
    kubectlJson<Deployment>(options, ['get', 'deployment', 'medusa-api']),
    kubectlJson<Secret>(options, ['get', 'secret', 'shop-credentials']),
  ]);
  const email = deployment.spec.template.spec.containers
    .flatMap(container => container.env ?? [])
    .find(variable => variable.name === 'ADMIN_EMAIL')?.value;
  const password = secret.data.ADMIN_PASSWORD;
  return email && password
    ? { email, password: Buffer.from(password, 'base64').toString('utf8') }
    : undefined;
}
