export { ClusterWatches } from './ClusterWatches';
export { Informer } from './Informer';
export { OwnWrites } from './OwnWrites';
export { isWatchedKind } from './watchedKinds';
