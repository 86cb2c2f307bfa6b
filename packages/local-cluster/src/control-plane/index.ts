export { ControlPlane } from './ControlPlane';
export type {
  ServiceAccountName,
  StartControlPlaneOptions,
} from './ControlPlane';
