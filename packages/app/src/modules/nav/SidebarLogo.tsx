import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { RiStore2Line } from '@remixicon/react';

const useStyles = makeStyles(theme => ({
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 16,
    height: 2 * sidebarConfig.logoHeight,
    paddingLeft: 24,
    color: theme.palette.navigation.selectedColor,
    fontSize: '1.25rem',
    fontWeight: 600,
  },
}));

/** The portal's name, folded to its sign when the sidebar is. */
export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  const title = useApi(configApiRef).getString('app.title');
  return (
    <Link
      to="/"
      underline="none"
      className={classes.link}
      aria-label={`${title}, home`}
    >
      <RiStore2Line size={24} aria-hidden />
      {isOpen && <span>{title}</span>}
    </Link>
  );
};
