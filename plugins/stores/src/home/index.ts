export { CreateButton as CreateStoreButton } from '../pages/StoresPage/CreateButton';
export { StoresSummary } from './StoresSummary';
