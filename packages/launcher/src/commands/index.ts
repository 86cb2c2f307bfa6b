export { buildCommand } from './buildCommand';
export { clusterCommand, helmCommand, kubectlCommand } from './clusterCommand';
export { lintCommand } from './lintCommand';
