export { kubernetesModule as default } from './kubernetesModule';
