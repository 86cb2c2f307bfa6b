export type KubeconfigUser =
  | { token: string }
  | { certificate: string; key: string };

export interface CreateKubeconfigOptions {
  server: string;
  /** PEM. */
  authority: string;
  user: KubeconfigUser;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A kubeconfig with one context, as JSON (which is YAML too). */
export function createKubeconfig(options: CreateKubeconfigOptions): string {
  const { server, authority, user } = options;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    clusters: [
      {
        name: 'test',
        cluster: { server, 'certificate-authority-data': base64(authority) },
      },
    ],
    users: [
      {
        name: 'test',
        user:
          'token' in user
            ? { token: user.token }
            : {
                'client-certificate-data': base64(user.certificate),
                'client-key-data': base64(user.key),
              },
      },
    ],
  });
}
