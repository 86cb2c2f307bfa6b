export { StorePage } from './StorePage';
