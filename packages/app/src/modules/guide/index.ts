export { guideModule } from './guideModule';
export { guideRouteRef } from './routes';
