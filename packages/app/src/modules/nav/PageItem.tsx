import { useLocation } from 'react-router-dom';
import { SidebarItem } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import storesPlugin from '@storeyard/backstage-plugin-stores';

/** The way to a page. It is where one is on the pages below it too, but for the overview, which has an item of its own. */
export const PageItem = ({
  href,
  icon,
  title,
}: Pick<NavContentNavItem, 'href' | 'icon' | 'title'>) => {
  const { pathname } = useLocation();
  const overviewLink = useRouteRef(storesPlugin.routes.overview);
  return (
    <SidebarItem
      icon={() => icon}
      to={href}
      text={title}
      end={pathname === overviewLink?.()}
    />
  );
};
