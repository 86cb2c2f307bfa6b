import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import {
  storeCredentialsReadPermission,
  storePermissions,
} from '@storeyard/backstage-plugin-stores-common';
import { portalPaths } from './portalPaths';
import type { PortalSettings } from './PortalSettings';

/** What the portal of one instance is to know. All paths are absolute. */
export interface PortalConfigOptions {
  instance: string;
  settings: PortalSettings;
  stateDirectory: string;
  repositoryRoot: string;
  kubeconfig: string;
  helmCommand: string;
  ingressPort: number;
  preparationFile: string;
  /** `host:port` of the metrics without credentials; none unless given. */
  metricsListen?: string;
}

/** Where an instance shows its metrics without credentials: only one can have the port, the others show them with. */
export function metricsListenOf(instance: string): string | undefined {
  return instance === 'local' ? '127.0.0.1:3001' : undefined;
}

/** The team of org.yaml that the guest belongs to. */
const exampleTeam = 'group:default/shop-team';

const guest = 'user:default/guest';

/** All but the one to read a shop's first login: whoever sees the terminal, or a log of it, has the token. */
const tokenPermissions = storePermissions
  .filter(permission => permission !== storeCredentialsReadPermission)
  .map(({ name }) => name);

/** The part of the portal's configuration that belongs to one local instance, on top of app-config.yaml. */
export function createPortalConfig(options: PortalConfigOptions): JsonObject {
  const { settings, repositoryRoot } = options;
  const baseUrl = `http://localhost:${settings.port}`;
  return {
    // For pages of an earlier deployment that are still open; here it would only slow each start down.
    app: { baseUrl, disableStaticFallbackCache: true },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port: settings.port },
      database: {
        client: 'better-sqlite3',
        connection: {
          directory: portalPaths(options.stateDirectory).database,
        },
      },
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: settings.token, subject: 'npm-start' },
            accessRestrictions: [
              { plugin: 'stores', permission: tokenPermissions },
            ],
          },
        ],
      },
    },
    // One process on SQLite has no other replica to tell, and the bus's long poll would hold its end back.
    events: { useEventBus: 'never' },
    auth: {
      session: { secret: settings.sessionSecret },
      providers: {
        guest: {
          userEntityRef: guest,
          ownershipEntityRefs: [guest, exampleTeam],
          // It listens on loopback only.
          dangerouslyAllowOutsideDevelopment: true,
        },
      },
    },
    catalog: {
      locations: [
        {
          type: 'file',
          target: join(repositoryRoot, 'packages/backend/org.yaml'),
          rules: [{ allow: ['User', 'Group'] }],
        },
        {
          type: 'file',
          target: join(repositoryRoot, 'templates/medusa-store/template.yaml'),
          rules: [{ allow: ['Template'] }],
        },
      ],
    },
    stores: {
      secretKey: settings.secretKey,
      defaultOwner: exampleTeam,
      cluster: { kubeconfig: options.kubeconfig },
      helm: { command: options.helmCommand },
      chart: {
        path: join(repositoryRoot, 'charts/medusa-store'),
        valuesFiles: [
          join(repositoryRoot, 'charts/medusa-store/values-local.yaml'),
        ],
        values: { ingress: { port: options.ingressPort } },
      },
      ingress: { probeAddress: `127.0.0.1:${options.ingressPort}` },
      preparationFile: options.preparationFile,
      // One person on loopback who tries things out, and tests: neither is to wait for an hour.
      rateLimit: {
        requests: { limit: 20_000 },
        creations: { limit: 1_000 },
      },
      ...(options.metricsListen !== undefined && {
        metrics: { listen: options.metricsListen },
      }),
    },
  };
}
