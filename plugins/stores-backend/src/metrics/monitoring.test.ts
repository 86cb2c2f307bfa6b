import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { StoreMetrics } from './StoreMetrics';

const directory = join(__dirname, '../../../../docs/monitoring');

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

interface AlertRules {
  groups: {
    rules: {
      alert: string;
      expr: string;
      labels: { severity: string };
      annotations: { summary: string; description: string };
    }[];
  }[];
}

const dashboard = JSON.parse(
  readFileSync(join(directory, 'grafana-dashboard.json'), 'utf8'),
) as Dashboard;
const alerts = parse(
  readFileSync(join(directory, 'prometheus-alerts.yaml'), 'utf8'),
) as AlertRules;

const metrics = StoreMetrics.create({ countByState: async () => ({}) });

/** The metrics and labels that a query names; fails when it is no query. */
function namesIn(query: string): { metrics: string[]; labels: string[] } {
  const names = { metrics: [] as string[], labels: [] as string[] };
  parser.parse(query).iterate({
    enter({ from, to, type }) {
      if (type.isError) {
        throw new Error(`'${query}' is no query: see character ${from}`);
      }
      const text = query.slice(from, to);
      if (type.name === 'Identifier') names.metrics.push(text);
      if (type.name === 'LabelName') names.labels.push(text);
    },
  });
  return names;
}

const queries: [string, string][] = [
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }): [string, string] => [
      `panel '${title}'`,
      expr.replaceAll('$__rate_interval', '5m'),
    ]),
  ),
  ...alerts.groups.flatMap(({ rules }) =>
    rules.map(({ alert, expr }): [string, string] => [`alert ${alert}`, expr]),
  ),
];

describe('dashboard and alerts', () => {
  it.each(queries)(
    '%s names metrics and labels that there are',
    async (_, query) => {
      metrics.queueDepth('reconcile', () => ({ request: 0 }));
      metrics.watchAge('Pod', () => 0);
      const text = await metrics.text();
      const names = namesIn(query);
      expect(names.metrics).not.toEqual([]);
      for (const name of names.metrics) {
        const family = name.replace(/_(bucket|count|sum)$/, '');
        expect(metrics.names()).toContain(family);
        for (const label of names.labels) {
          expect(text).toMatch(
            new RegExp(`^${name}\\{[^}]*\\b${label}="`, 'm'),
          );
        }
      }
    },
  );

  it('leave out no metric', () => {
    const named = queries.flatMap(([, query]) => namesIn(query).metrics);
    const families = named.map(name =>
      name.replace(/_(bucket|count|sum)$/, ''),
    );
    expect([...new Set(families)].sort()).toEqual(metrics.names().sort());
  });

  it('say how grave an alert is and what to do about it', () => {
    for (const { rules } of alerts.groups) {
      for (const { labels, annotations } of rules) {
        expect(['info', 'warning', 'critical']).toContain(labels.severity);
        expect(annotations.summary).not.toBe('');
        expect(annotations.description).not.toBe('');
      }
    }
  });

  it('refuses what is no query, and metrics that there are not', () => {
    expect(() => namesIn('sum(rate(active_stores[5m])')).toThrow('no query');
    expect(namesIn('sum by (state) (no_such_metric)')).toEqual({
      metrics: ['no_such_metric'],
      labels: ['state'],
    });
  });
});
