export { signInFeatures as default } from './signInFeatures';
