import type { JsonObject } from '@backstage/types';
import { parseAllDocuments } from 'yaml';
import {
  type ClusterCapabilities,
  isNamespaced,
  type KubernetesObject,
} from '../cluster';
import { type HelmCommand, HelmError } from './HelmCommand';
import { isJsonObject } from './mergeValues';

const RENDER_TIMEOUT_MS = 30_000;

export interface RenderChartOptions {
  /** The chart's folder. */
  chart: string;
  /** The release's name, which is the store's id. */
  release: string;
  namespace: string;
  values: JsonObject;
  /** Whether Helm will see an upgrade when it records this generation. */
  isUpgrade: boolean;
  capabilities: ClusterCapabilities;
  signal?: AbortSignal;
}

/** Turns chart and values into the objects that Helm itself would write, without touching the cluster. */
export class ChartRenderer {
  static create(options: { helm: HelmCommand }): ChartRenderer {
    return new ChartRenderer(options.helm);
  }

  private constructor(private readonly helm: HelmCommand) {}

  /** @throws HelmError with Helm's words, or when what it rendered is no list of objects */
  async render(options: RenderChartOptions): Promise<KubernetesObject[]> {
    const { capabilities, release, namespace } = options;
    const output = await this.helm.run({
      args: [
        'template',
        release,
        options.chart,
        '--namespace',
        namespace,
        '--kube-version',
        capabilities.kubeVersion,
        '--api-versions',
        capabilities.apiVersions.join(','),
        '--no-hooks',
        ...(options.isUpgrade ? ['--is-upgrade'] : []),
      ],
      values: options.values,
      timeoutMs: RENDER_TIMEOUT_MS,
      signal: options.signal,
    });
    return parseManifests(output).map(object =>
      withReleaseMetadata(object, { release, namespace }),
    );
  }
}

function parseManifests(output: string): KubernetesObject[] {
  return parseAllDocuments(output).flatMap(document => {
    const [problem] = document.errors;
    if (problem) {
      throw new HelmError(`helm template wrote no YAML: ${problem.message}`);
    }
    const content: unknown = document.toJS();
    if (content === null || content === undefined) return [];
    if (!isKubernetesObject(content)) {
      throw new HelmError(
        'helm template wrote a document without apiVersion, kind and metadata.name',
      );
    }
    return [content];
  });
}

function isKubernetesObject(content: unknown): content is KubernetesObject {
  return (
    isJsonObject(content) &&
    typeof content.apiVersion === 'string' &&
    typeof content.kind === 'string' &&
    isJsonObject(content.metadata) &&
    typeof content.metadata.name === 'string'
  );
}

/** Adds what Helm adds to everything it writes, so that its record of the release finds nothing to change. */
function withReleaseMetadata(
  object: KubernetesObject,
  { release, namespace }: { release: string; namespace: string },
): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(isNamespaced(object) && {
        namespace: object.metadata.namespace ?? namespace,
      }),
      labels: {
        ...object.metadata.labels,
        'app.kubernetes.io/managed-by': 'Helm',
      },
      annotations: {
        ...object.metadata.annotations,
        'meta.helm.sh/release-name': release,
        'meta.helm.sh/release-namespace': namespace,
      },
    },
  };
}
