import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { InstancePaths } from '../instancePaths';
import { network } from '../network';
import { writeAtomically } from '../writeAtomically';
import { clusterUsers } from './createKeys';

/** A kubeconfig with one cluster and one user. */
export function renderKubeconfig(options: {
  name: string;
  server: string;
  authority: Buffer;
  user: Record<string, string>;
}): string {
  const { name, server, authority, user } = options;
  return stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name,
          cluster: {
            server,
            'certificate-authority-data': authority.toString('base64'),
          },
        },
      ],
      users: [{ name, user }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    },
    { lineWidth: 0 },
  );
}

/** The kubeconfigs of the programs inside, and the admin's for the host's loopback. */
export function writeKubeconfigs(options: {
  paths: InstancePaths;
  instance: string;
  apiPort: number;
}): void {
  const { paths, instance, apiPort } = options;
  const key = (file: string) => readFileSync(join(paths.keys, file));
  const authority = key('ca.crt');
  const credentials = (user: string) => ({
    'client-certificate-data': key(`${user}.crt`).toString('base64'),
    'client-key-data': key(`${user}.key`).toString('base64'),
  });
  for (const user of Object.keys(clusterUsers(instance))) {
    writeAtomically(
      paths.kubeconfig(user),
      renderKubeconfig({
        name: `storeyard-${instance}`,
        server: `https://${network.nodeAddress}:${network.apiPort}`,
        authority,
        user: credentials(user),
      }),
      0o600,
    );
  }
  writeAtomically(
    paths.adminKubeconfig,
    renderKubeconfig({
      name: `storeyard-${instance}`,
      server: `https://127.0.0.1:${apiPort}`,
      authority,
      user: credentials('admin'),
    }),
    0o600,
  );
}
