import { TestStage } from '../TestStage';
import { checkStage } from './checkStage';
import { databaseStage } from './databaseStage';
import { endToEndStage } from './endToEndStage';
import { programsStage } from './programsStage';
import { createSuiteStage } from './suiteStage';
import { unitStage } from './unitStage';

const clusterSuites = ['\\.cluster\\.test\\.ts$'];

/** Quickest first. */
export const allStages: readonly TestStage[] = [
  unitStage,
  checkStage,
  databaseStage,
  createSuiteStage({
    id: 'packing',
    title: 'The plugins, packed, in a fresh Backstage app',
    suites: [{ workspace: 'packages/e2e', paths: ['\\.pack\\.test\\.ts$'] }],
  }),
  programsStage,
  createSuiteStage({
    id: 'image',
    title: 'The store image outside a cluster',
    after: ['programs'],
    suites: [
      { workspace: 'packages/store-image', paths: ['\\.image\\.test\\.ts$'] },
    ],
  }),
  createSuiteStage({
    id: 'control-plane',
    title: 'Charts, rights and the loop on a real API server',
    after: ['programs'],
    suites: [
      { workspace: 'packages/e2e', paths: clusterSuites, workers: 2 },
      {
        workspace: 'plugins/stores-backend',
        paths: clusterSuites,
        postgres: true,
        workers: 2,
      },
    ],
  }),
  createSuiteStage({
    id: 'cluster',
    title: 'The native cluster: up, killed, up again, gone without residue',
    after: ['programs'],
    suites: [{ workspace: 'packages/local-cluster', paths: clusterSuites }],
  }),
  endToEndStage,
];
