import type { ReactNode } from 'react';
import { Link } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { useStoresTranslation } from '../translation';

/** A link to somewhere outside the portal, which opens beside it. The label begins with what is shown. */
export const ExternalLink = ({
  href,
  label,
  children,
}: {
  href: string;
  label: string;
  children: ReactNode;
}) => {
  const t = useStoresTranslation();
  return (
    <Link
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('common.newTab', { label })}
    >
      {children}{' '}
      <RiExternalLinkLine
        size="1em"
        aria-hidden
        style={{ verticalAlign: '-0.125em' }}
      />
    </Link>
  );
};
