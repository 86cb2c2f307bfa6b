export { DeletePage } from './DeletePage';
