export { ControlPlane } from './ControlPlane';
export type {
  ServiceAccountName,
  StartControlPlaneOptions,
} from './ControlPlane';
export { freePort } from './freePort';
