import { Route, Routes } from 'react-router-dom';
import { storeRouteRef } from '../routes';
import { StorePage } from './StorePage';
import { StoresPage } from './StoresPage';

export const StoresRouter = () => (
  <Routes>
    <Route path="/" element={<StoresPage />} />
    <Route path={storeRouteRef.path} element={<StorePage />} />
  </Routes>
);
