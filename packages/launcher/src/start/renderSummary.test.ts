import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { renderSummary, SummaryOptions } from './renderSummary';

const options: SummaryOptions = {
  instance: 'local',
  baseUrl: 'http://localhost:7007',
  token: 'the-token',
  ingressPort: 8080,
  store: {
    state: 'READY',
    urls: {
      storefront: 'http://demo-a.localhost:8080',
      admin: 'http://demo-a.localhost:8080/app',
      api: 'http://demo-a.localhost:8080/store',
    },
  } as Store,
  login: { email: 'admin@demo-a.localhost', password: 'first-password' },
  portalLog: '/state/local/logs/portal.log',
  environment: {},
};

const render = (overrides: Partial<SummaryOptions> = {}) =>
  renderSummary({ ...options, ...overrides }).join('\n');

describe('renderSummary', () => {
  it('names addresses, login, request, tools, log and how to stop', () => {
    const text = render();
    for (const part of [
      'http://localhost:7007',
      'http://demo-a.localhost:8080',
      'admin@demo-a.localhost / first-password',
      "curl -X POST http://localhost:7007/api/stores -H 'Authorization: Bearer the-token'",
      'npm run kubectl -- get pods -A',
      'npm run helm -- list -A',
      'curl http://127.0.0.1:3001/metrics',
      'tail -f /state/local/logs/portal.log',
      'npm stop',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('ssh');
  });

  it('says how to get through to a remote machine', () => {
    expect(
      render({
        environment: {
          SSH_CONNECTION: '10.0.0.9 50000 10.0.0.5 22',
          USER: 'ada',
        },
      }),
    ).toContain(
      'ssh -L 7007:localhost:7007 -L 8080:localhost:8080 ada@10.0.0.5',
    );
  });

  it('names the instance in every command when it has a name of its own', () => {
    const commands = render({ instance: 'second' })
      .split('\n')
      .filter(line => /npm (run|start|stop)/.test(line));
    expect(commands.length).toBeGreaterThan(4);
    expect(render({ instance: 'second' })).not.toContain('metrics');
    expect(
      commands.every(line => line.includes('STOREYARD_INSTANCE=second npm')),
    ).toBe(true);
  });

  it('says why there is no shop instead of its address', () => {
    const text = render({
      login: undefined,
      store: {
        ...options.store,
        state: 'FAILED',
        message: 'The image is missing',
        remedy: 'Load it.',
      },
    });
    expect(text).toContain('FAILED: The image is missing');
    expect(text).toContain('Load it.');
    expect(text).not.toContain('demo-a.localhost:8080/app');
  });
});
