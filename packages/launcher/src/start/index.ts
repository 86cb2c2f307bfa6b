export { devCommand } from './devCommand';
export { startCommand } from './startCommand';
export { stopCommand } from './stopCommand';
