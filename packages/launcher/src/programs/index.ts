export { helmCommand, kubectlCommand } from './programCommand';
