export { buildCommand } from './buildCommand';
export { clusterCommand } from './clusterCommand';
export { lintCommand } from './lintCommand';
