import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { metricsListenOf } from '../portal/createPortalConfig';

/** What a person is told once all runs. */
export interface SummaryOptions {
  instance: string;
  baseUrl: string;
  token: string;
  ingressPort: number;
  store: Store;
  /** The demo shop's first login; absent when there is no shop. */
  login?: { email: string; password: string };
  portalLog: string;
  environment: Readonly<Record<string, string | undefined>>;
}

function row(title: string, text: string): string {
  return `  ${title.padEnd(14)}${text}`;
}

function tunnel(options: SummaryOptions): string[] {
  // client address, client port, server address, server port
  const server = options.environment.SSH_CONNECTION?.split(' ')[2];
  if (!server) {
    return [];
  }
  const user = options.environment.USER ?? 'root';
  const port = new URL(options.baseUrl).port;
  const forwards = [port, String(options.ingressPort)]
    .map(each => `-L ${each}:localhost:${each}`)
    .join(' ');
  return [
    '',
    'From your own machine, first',
    row('tunnel', `ssh ${forwards} ${user}@${server}`),
  ];
}

function shop({ store, login }: SummaryOptions): string[] {
  if (store.state !== 'READY') {
    return [
      row(
        'demo shop',
        `${store.state}${store.message ? `: ${store.message}` : ''}`,
      ),
      ...(store.remedy ? [row('', store.remedy)] : []),
    ];
  }
  return [
    row('demo shop', store.urls.storefront),
    row('its admin', store.urls.admin),
    ...(login ? [row('', `${login.email} / ${login.password}`)] : []),
  ];
}

/** All addresses and commands, as lines for the terminal; the only place where the token is shown. */
export function renderSummary(options: SummaryOptions): string[] {
  const { baseUrl, token, instance } = options;
  const metrics = metricsListenOf(instance);
  const prefix = instance === 'local' ? '' : `STOREYARD_INSTANCE=${instance} `;
  return [
    '',
    row('portal', `${baseUrl}  (sign in with "Enter", as a guest)`),
    ...shop(options),
    ...tunnel(options),
    '',
    'Ask for another shop',
    row(
      'request',
      `curl -X POST ${baseUrl}/api/stores -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -d '{"name":"Second shop","engine":"medusa"}'`,
    ),
    row(
      'list',
      `curl ${baseUrl}/api/stores -H 'Authorization: Bearer ${token}'`,
    ),
    '',
    'Look inside',
    row('cluster', `${prefix}npm run kubectl -- get pods -A`),
    row('releases', `${prefix}npm run helm -- list -A`),
    row('your shell', `eval "$(${prefix}npm run -s cluster -- env)"`),
    ...(metrics ? [row('metrics', `curl http://${metrics}/metrics`)] : []),
    row('portal log', `tail -f ${options.portalLog}`),
    '',
    'All of it runs in the background',
    row('stop', `${prefix}npm stop  (everything is kept)`),
    row('go on', `${prefix}npm start`),
    row('remove', `${prefix}npm stop && ${prefix}npm run cluster -- delete`),
    '',
  ];
}
