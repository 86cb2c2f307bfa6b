import { Route, Routes } from 'react-router-dom';
import { ExtensionRoot } from '../components/ExtensionRoot';
import { deleteRouteRef, overviewRouteRef, storeRouteRef } from '../routes';
import { DeletePage } from './DeletePage';
import { OverviewPage } from './OverviewPage';
import { StorePage } from './StorePage';
import { StoresPage } from './StoresPage';

/** All pages below the plugin's path. */
export const StoresRouter = () => (
  <ExtensionRoot name="page">
    <Routes>
      <Route path="/" element={<StoresPage />} />
      <Route path={overviewRouteRef.path} element={<OverviewPage />} />
      <Route path={storeRouteRef.path} element={<StorePage />} />
      <Route path={deleteRouteRef.path} element={<DeletePage />} />
    </Routes>
  </ExtensionRoot>
);
