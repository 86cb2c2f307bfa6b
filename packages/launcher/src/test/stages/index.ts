export { allStages } from './allStages';
