export { registerStoreActions } from './registerStoreActions';
