export { startLockServiceFactory as default } from './startLockServiceFactory';
