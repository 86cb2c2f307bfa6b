import { createPortalConfig } from './createPortalConfig';
import { createPortalSettings } from './PortalSettings';

const settings = createPortalSettings(7010);
const config = createPortalConfig({
  instance: 'second',
  settings,
  stateDirectory: '/state/second',
  repositoryRoot: '/repository',
  kubeconfig: '/state/second/portal.kubeconfig',
  helmCommand: '/cache/bin/helm',
  ingressPort: 8081,
  preparationFile: '/state/second/progress.json',
  metricsListen: '127.0.0.1:3001',
});

describe('createPortalConfig', () => {
  it('keeps the portal on loopback, at one address for pages and API', () => {
    expect(config).toMatchObject({
      app: { baseUrl: 'http://localhost:7010' },
      backend: {
        baseUrl: 'http://localhost:7010',
        listen: { host: '127.0.0.1', port: 7010 },
      },
    });
  });

  it('lets the token reach the stores and nothing else, and read no login', () => {
    expect(config).toHaveProperty('backend.auth.externalAccess', [
      {
        type: 'static',
        options: { token: settings.token, subject: 'npm-start' },
        accessRestrictions: [
          {
            plugin: 'stores',
            permission: [
              'stores.store.create',
              'stores.store.read',
              'stores.store.update',
              'stores.store.delete',
              'stores.store.retry',
              'stores.store.upgrade',
              'stores.store.pause',
              'stores.store.logs.read',
            ],
          },
        ],
      },
    ]);
  });

  it('shows metrics where it is told to, without credentials', () => {
    expect(config).toHaveProperty('stores.metrics', {
      listen: '127.0.0.1:3001',
    });
  });

  it('tells the orchestrator where cluster, chart and ingress are', () => {
    expect(config.stores).toEqual({
      secretKey: settings.secretKey,
      defaultOwner: 'group:default/shop-team',
      cluster: { kubeconfig: '/state/second/portal.kubeconfig' },
      helm: { command: '/cache/bin/helm' },
      chart: {
        path: '/repository/charts/medusa-store',
        valuesFiles: ['/repository/charts/medusa-store/values-local.yaml'],
        values: { ingress: { port: 8081 } },
      },
      ingress: { probeAddress: '127.0.0.1:8081' },
      preparationFile: '/state/second/progress.json',
      rateLimit: {
        requests: { limit: 20_000 },
        creations: { limit: 1_000 },
      },
      metrics: { listen: '127.0.0.1:3001' },
    });
  });

  it('shows the people and the template of the repository in the catalog', () => {
    expect(config).toHaveProperty('catalog.locations', [
      {
        type: 'file',
        target: '/repository/packages/backend/org.yaml',
        rules: [{ allow: ['User', 'Group'] }],
      },
      {
        type: 'file',
        target: '/repository/templates/medusa-store/template.yaml',
        rules: [{ allow: ['Template'] }],
      },
    ]);
  });

  it('makes the guest a member of the team that owns the demo store', () => {
    expect(config).toHaveProperty('auth.providers.guest.ownershipEntityRefs', [
      'user:default/guest',
      'group:default/shop-team',
    ]);
  });
});
