import { programs } from '@storeyard/local-cluster';
import { execa } from 'execa';
import { parseAllDocuments } from 'yaml';

/** A container as far as the tests look into it. */
export interface ChartContainer {
  name: string;
  env?: { name: string; value: string }[];
  resources?: Record<string, Record<string, string>>;
  securityContext?: Record<string, unknown>;
}

/** What a pod consists of, as far as the tests look into it. */
export interface ChartPodSpec {
  containers: ChartContainer[];
  volumes?: Record<string, unknown>[];
}

/** What objects of all kinds are to be, as far as the tests look into it. */
export interface ChartSpec {
  egress?: { to?: { ipBlock?: { except?: string[] } }[] }[];
  rules?: { host: string }[];
  template?: { spec: ChartPodSpec };
  tls?: { hosts: string[]; secretName?: string }[];
  volumeClaimTemplates?: { metadata: { name: string } }[];
}

/** A Kubernetes object as far as the tests look into it. */
export interface ChartObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    resourceVersion?: string;
    uid?: string;
  };
  spec?: ChartSpec;
  data?: Record<string, string>;
}

export interface RenderChartOptions {
  chart: string;
  release?: string;
  namespace?: string;
  valuesFiles?: string[];
  values?: unknown;
  /** Leave out what Helm makes for a moment only, as `helm test` does. */
  withoutHooks?: boolean;
}

const helmEnvironment = { HELM_NO_PLUGINS: '1' };

/** `helm template`; the values go in by standard input. */
export async function helmTemplate(options: RenderChartOptions) {
  return execa(
    programs().helm,
    [
      'template',
      options.release ?? 'test',
      options.chart,
      ...(options.namespace ? ['--namespace', options.namespace] : []),
      ...(options.withoutHooks ? ['--no-hooks'] : []),
      ...(options.valuesFiles ?? []).flatMap(file => ['--values', file]),
      '--values',
      '-',
    ],
    {
      input: JSON.stringify(options.values ?? {}),
      reject: false,
      env: helmEnvironment,
    },
  );
}

/** @throws Error with Helm's words */
export async function renderChart(
  options: RenderChartOptions,
): Promise<ChartObject[]> {
  const result = await helmTemplate(options);
  if (result.exitCode !== 0) {
    throw new Error(`helm template: ${result.stderr}`);
  }
  return parseAllDocuments(result.stdout).flatMap(document => {
    if (document.errors.length > 0) {
      throw new Error(`${document.errors[0]?.message}`);
    }
    const object = document.toJS() as ChartObject | null;
    return object ? [object] : [];
  });
}

export const keyOf = (object: ChartObject) =>
  `${object.kind}/${object.metadata.name}`;

/** @throws Error when there is no such object, naming those that there are */
export function find(
  objects: ChartObject[],
  kind: string,
  name: string,
): ChartObject {
  const found = objects.find(
    object => object.kind === kind && object.metadata.name === name,
  );
  if (!found) {
    throw new Error(
      `No ${kind}/${name} among ${objects.map(keyOf).join(', ')}`,
    );
  }
  return found;
}
