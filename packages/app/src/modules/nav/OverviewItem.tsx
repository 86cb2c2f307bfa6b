import { SidebarItem } from '@backstage/core-components';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiLineChartLine } from '@remixicon/react';
import storesPlugin from '@storeyard/backstage-plugin-stores';
import { appTranslationRef } from '../../translation';

/** A page below that of stores, and thus without an item of its own. */
export const OverviewItem = () => {
  const { t } = useTranslationRef(appTranslationRef);
  const link = useRouteRef(storesPlugin.routes.overview);
  return link ? (
    <SidebarItem
      icon={() => <RiLineChartLine />}
      to={link()}
      text={t('nav.overview')}
    />
  ) : null;
};
