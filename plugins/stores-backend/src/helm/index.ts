export { ChartRenderer, type RenderChartOptions } from './ChartRenderer';
export { HelmCommand, HelmError } from './HelmCommand';
export { isJsonObject, mergeValues } from './mergeValues';
export { ReleaseRecorder } from './ReleaseRecorder';
export { ReleaseRemover } from './ReleaseRemover';
export { StoreChart } from './StoreChart';
