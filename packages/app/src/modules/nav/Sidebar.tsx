import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import {
  NavContentBlueprint,
  type NavContentComponent,
} from '@backstage/plugin-app-react';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { RiMenuLine, RiSearchLine } from '@remixicon/react';
import { appTranslationRef } from '../../translation';
import { OverviewItem } from './OverviewItem';
import { PageItem } from './PageItem';
import { SidebarLogo } from './SidebarLogo';

const Navigation: NavContentComponent = ({ navItems }) => {
  const { t } = useTranslationRef(appTranslationRef);
  const nav = navItems.withComponent(PageItem);
  // Both have an item of their own below.
  nav.take('page:search');
  nav.take('page:notifications');
  // Entities lead to it; alone it shows nothing.
  nav.take('page:catalog-graph');
  const guide = nav.take('page:app/guide');

  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarGroup
        label={t('nav.search')}
        icon={<RiSearchLine />}
        to="/search"
      >
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label={t('nav.menu')} icon={<RiMenuLine />}>
        {nav.take('page:app/home')}
        {nav.take('page:stores')}
        {nav.take('page:scaffolder')}
        {nav.take('page:catalog')}
        <OverviewItem />
        {guide}
        <SidebarScrollWrapper>
          {nav.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarDivider />
      <SidebarGroup
        label={t('nav.settings')}
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {nav.take('page:user-settings')}
      </SidebarGroup>
    </Sidebar>
  );
};

export const SidebarContent = NavContentBlueprint.make({
  params: { component: Navigation },
});
