import { useCallback, useSyncExternalStore, type ReactNode } from 'react';
import {
  appThemeApiRef,
  useApi,
  type AppThemeApi,
} from '@backstage/frontend-plugin-api';
import {
  createUnifiedTheme,
  genPageTheme,
  pageTheme,
  palettes,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { accent } from './accent';

// Of one colour each, so that no kind of page looks like another portal's.
const pages = Object.fromEntries(
  Object.keys(pageTheme).map(name => [
    name,
    genPageTheme({ colors: [accent.header], shape: 'none' }),
  ]),
);

function createTheme(mode: 'light' | 'dark') {
  const palette = palettes[mode];
  const colour = accent[mode];
  return createUnifiedTheme({
    palette: {
      ...palette,
      primary: { ...palette.primary, main: colour },
      link: colour,
      linkHover: colour,
      navigation: { ...palette.navigation, indicator: accent.dark },
      tabbar: { ...palette.tabbar, indicator: colour },
    },
    defaultPageTheme: 'home',
    pageTheme: pages,
  });
}

const themes = { light: createTheme('light'), dark: createTheme('dark') };
const darkQuery = '(prefers-color-scheme: dark)';

function useSystemPrefersDark(): boolean {
  const subscribe = useCallback((onChange: () => void) => {
    const query = window.matchMedia(darkQuery);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(darkQuery).matches,
  );
}

/** What somebody has chosen; undefined where they leave it to their system. */
function useChosenTheme(api: AppThemeApi): string | undefined {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const subscription = api.activeThemeId$().subscribe(onChange);
      return () => subscription.unsubscribe();
    },
    [api],
  );
  return useSyncExternalStore(subscribe, () => api.getActiveThemeId());
}

/**
 * The portal's colours, light or dark. One component for both: Backstage would
 * take the page down and build it anew for another one, and with it whatever
 * somebody is in the middle of typing.
 */
export const PortalTheme = ({ children }: { children: ReactNode }) => {
  const chosen = useChosenTheme(useApi(appThemeApiRef));
  const prefersDark = useSystemPrefersDark();
  const isDark = chosen === undefined ? prefersDark : chosen === 'dark';
  return (
    <UnifiedThemeProvider theme={isDark ? themes.dark : themes.light}>
      {children}
    </UnifiedThemeProvider>
  );
};
