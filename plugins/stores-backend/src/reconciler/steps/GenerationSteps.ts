import {
  type AppliedObject,
  cleanAnswer,
  type KubernetesObject,
} from '../../cluster';
import { claimTemplateSize } from '../claimGrowth';
import type { StoreGeneration } from '../../database/StoreGeneration';
import { guardOf, type StoreRecord } from '../../database/StoreRecord';
import type { StoreRepository } from '../../database/StoreRepository';
import type { ChartRenderer, StoreChart } from '../../helm';
import type { OpenCluster } from '../ClusterGate';
import { APPLIED } from '../storeConditions';
import type { StoreDesign } from '../StoreDesign';
import type { StorePass } from '../StorePass';
import { conditions, progress } from './progress';

/** What was rendered for a generation, and from what. */
export interface LoadedGeneration
  extends Pick<StoreGeneration, 'chartVersion' | 'imageVersion' | 'values'> {
  objects: KubernetesObject[];
}

export interface GenerationStepsOptions {
  repository: StoreRepository;
  renderer: ChartRenderer;
  chart: StoreChart;
  design: StoreDesign;
}

/** Renders a generation once, and hands out what was rendered. */
export class GenerationSteps {
  static create(options: GenerationStepsOptions): GenerationSteps {
    return new GenerationSteps(options);
  }

  private constructor(private readonly options: GenerationStepsOptions) {}

  /** Renders the generation and keeps it: later passes apply what is kept, whatever chart lies on the disk then. */
  async render(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { id, generation } = pass.record;
    const kept =
      (await this.options.repository.getGeneration(id, generation)) ??
      (await this.renderAndKeep(pass, cluster));
    const { chartVersion, imageVersion, objects } = kept;
    await pass.patch(
      {
        ...progress(pass),
        ...conditions(pass, {
          type: 'Applied',
          status: 'Unknown',
          reason: APPLIED.rendered,
        }),
        // What runs stays what is shown until the switch.
        ...(pass.record.observedGeneration === 0 && {
          chartVersion,
          imageVersion,
        }),
      },
      [
        {
          type: 'rendered',
          message: `Helm rendered ${objects.length} objects from chart ${chartVersion} with image ${imageVersion}`,
          details: { chartVersion, imageVersion, objects: objects.length },
        },
      ],
    );
  }

  /** A generation of the store as it was rendered. */
  async load(pass: StorePass, generation: number): Promise<LoadedGeneration> {
    const { id } = pass.record;
    const kept = await this.options.repository.getGeneration(id, generation);
    if (!kept) {
      throw new Error(
        `Store '${id}' has no rendered generation ${generation}, expected it to be kept`,
      );
    }
    const { chartVersion, imageVersion, values } = kept;
    return {
      chartVersion,
      imageVersion,
      values,
      objects: JSON.parse(JSON.stringify(kept.objects)),
    };
  }

  /** Keeps what the API server made of the objects, for drift to be judged by. */
  async keepAnswers(
    pass: StorePass,
    generation: number,
    applied: readonly AppliedObject[],
  ): Promise<void> {
    const { repository } = this.options;
    const { id } = pass.record;
    const before = await repository.getGeneration(id, generation);
    const answers = new Map(
      (before?.answers ?? []).map(answer => [
        nameOf(JSON.parse(JSON.stringify(answer))),
        answer,
      ]),
    );
    for (const { answer } of applied) {
      answers.set(
        nameOf(answer),
        JSON.parse(JSON.stringify(cleanAnswer(answer))),
      );
    }
    await repository.saveAnswers(
      id,
      generation,
      [...answers.values()],
      guardOf(pass.record),
    );
  }

  private async renderAndKeep(
    pass: StorePass,
    { capabilities, installation }: OpenCluster,
  ): Promise<StoreGeneration> {
    const { chart, design, renderer, repository } = this.options;
    const { record, signal } = pass;
    const { id, generation, namespace, parameters, plan } = record;
    const values = await design.values({
      record,
      installationId: installation.id,
      claimTemplateSize: await this.claimTemplateSize(record),
    });
    const objects = await renderer.render({
      chart: chart.path,
      release: id,
      namespace,
      values,
      isUpgrade: generation > 1,
      capabilities,
      signal,
    });
    return await repository.saveGeneration(
      {
        storeId: id,
        generation,
        plan,
        parameters,
        chartVersion: await chart.version(),
        imageVersion: await design.imageVersion(values),
        values,
        objects: JSON.parse(JSON.stringify(objects)),
      },
      guardOf(record),
    );
  }
  /** As the first generation made it; undefined when this is the first. */
  private async claimTemplateSize(
    record: StoreRecord,
  ): Promise<string | undefined> {
    const { repository } = this.options;
    const applied = record.observedGeneration;
    if (applied === 0) return undefined;
    const before = await repository.getGeneration(record.id, applied);
    return claimTemplateSize(JSON.parse(JSON.stringify(before?.objects ?? [])));
  }
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}
