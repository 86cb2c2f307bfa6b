import { LocalClusterStatus } from '../LocalCluster';

/** A status as rows that a person reads. */
export function renderStatus(status: LocalClusterStatus): string {
  const { instance, provider, state, since, node, ports, addons } = status;
  const rows: [string, string | undefined][] = [
    ['instance', `${instance} (${provider})`],
    ['state', state],
    ['since', since],
    [
      'node',
      node &&
        `${node.name}, ${node.ready ? 'ready' : 'not ready'}, ${node.version}`,
    ],
    ['ingress', ports && `http://127.0.0.1:${ports.ingress}`],
    ['API server', ports && `https://127.0.0.1:${ports.api}`],
    ...addons.map(({ name, ready, version }): [string, string] => [
      name,
      [ready ? 'ready' : 'not ready', version].filter(Boolean).join(', '),
    ]),
    [
      'disk',
      status.diskBytes === undefined
        ? undefined
        : `${(status.diskBytes / 1e6).toFixed(0)} MB`,
    ],
  ];
  return rows
    .flatMap(([name, value]) => (value ? `${name.padEnd(12)}${value}` : []))
    .join('\n');
}
