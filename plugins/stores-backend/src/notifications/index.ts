export { StoreNotifier, type StoreNotifierOptions } from './StoreNotifier';
