export { Portal, removePortal } from './portal/Portal';
export { portalPaths } from './portal/portalPaths';
export { startPortal } from './portal/startPortal';
export type { StartPortalOptions } from './portal/startPortal';
export {
  createChecklist,
  runChecklist,
  RunningPlatform,
  VerifiedStore,
} from './verify';
