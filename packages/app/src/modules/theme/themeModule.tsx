import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  genPageTheme,
  pageTheme,
  palettes,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';
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

const light = createTheme('light');
const dark = createTheme('dark');

// They take the place of the stock ones of these names.
const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={light} children={children} />
      ),
    },
  },
});

const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={dark} children={children} />
      ),
    },
  },
});

export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [lightTheme, darkTheme],
});
