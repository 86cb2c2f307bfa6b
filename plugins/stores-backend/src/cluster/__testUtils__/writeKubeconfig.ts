import { writeFile } from 'node:fs/promises';

/** Writes a kubeconfig that leads to a server of plain HTTP on this machine. */
export async function writeKubeconfig(
  path: string,
  options: { port: number; token?: string },
): Promise<void> {
  const { port, token } = options;
  await writeFile(
    path,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      clusters: [
        {
          name: 'c',
          cluster: {
            server: `http://127.0.0.1:${port}`,
            'insecure-skip-tls-verify': true,
          },
        },
      ],
      users: [{ name: 'u', user: { token } }],
    }),
  );
}
