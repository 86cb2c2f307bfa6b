import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = ['kube', 'addons', 'helm', 'traefik'] as const;

/** The modules that most packages of more than one program come from. */
const SHARED = [
  'golang.org/x/crypto',
  'golang.org/x/net',
  'golang.org/x/oauth2',
  'golang.org/x/sync',
  'golang.org/x/sys',
  'golang.org/x/term',
  'golang.org/x/text',
  'golang.org/x/time',
  'google.golang.org/grpc',
  'google.golang.org/protobuf',
  'go.opentelemetry.io/otel',
  'github.com/prometheus/client_golang',
  'github.com/prometheus/common',
];

/** Helm is built against the newer Kubernetes libraries that it asks for. */
const SHARED_WITHOUT_HELM = [
  'k8s.io/api',
  'k8s.io/apimachinery',
  'k8s.io/client-go',
  'k8s.io/kube-openapi',
  'k8s.io/utils',
  'sigs.k8s.io/structured-merge-diff/v6',
];

function requiredVersions(module: string): Map<string, string> {
  const text = readFileSync(
    join(__dirname, '../../go', module, 'go.mod'),
    'utf8',
  );
  const lines = text.matchAll(/^\s*(?:require )?(\S+) (v\S+)(?: \/\/.*)?$/gm);
  return new Map(
    Array.from(lines, ([, name = '', version = '']) => [name, version]),
  );
}

// Another version is another compile of the same packages: the first start would take minutes more.
describe('the Go modules', () => {
  const required = new Map(MODULES.map(name => [name, requiredVersions(name)]));

  function versionsOf(shared: string, modules: readonly string[]) {
    return Object.fromEntries(
      [...required]
        .filter(([name]) => modules.includes(name))
        .flatMap(([name, versions]) => {
          const version = versions.get(shared);
          return version ? [[name, version]] : [];
        }),
    );
  }

  it.each([
    ...SHARED.map(name => [name, MODULES] as const),
    ...SHARED_WITHOUT_HELM.map(
      name => [name, MODULES.filter(module => module !== 'helm')] as const,
    ),
  ])('require one version of %s', (shared, modules) => {
    const versions = versionsOf(shared, modules);
    expect(Object.keys(versions).length).toBeGreaterThan(1);
    const [first] = Object.values(versions);
    expect(versions).toEqual(
      Object.fromEntries(Object.keys(versions).map(name => [name, first])),
    );
  });
});
