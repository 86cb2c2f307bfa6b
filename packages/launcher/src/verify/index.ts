export { verifyCommand } from './verifyCommand';
