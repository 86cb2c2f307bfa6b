export { ChartRenderer, type RenderChartOptions } from './ChartRenderer';
export { HelmCommand, HelmError } from './HelmCommand';
export { judgeRelease, type ReleaseVerdict } from './judgeRelease';
export { isJsonObject, mergeValues } from './mergeValues';
export { readReleaseRecords, type ReleaseRecord } from './readReleaseRecord';
export { type RecordReleaseOptions, ReleaseRecorder } from './ReleaseRecorder';
export { ReleaseRemover } from './ReleaseRemover';
export { StoreChart } from './StoreChart';
