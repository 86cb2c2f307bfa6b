import type { ReactNode } from 'react';
import { Link } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';

/** A link to somewhere outside the portal, which opens beside it. */
export const ExternalLink = ({
  href,
  label,
  children,
}: {
  href: string;
  label: string;
  children: ReactNode;
}) => (
  <Link
    href={href}
    target="_blank"
    rel="noopener noreferrer"
    aria-label={`${label}, opens in a new tab`}
  >
    {children}{' '}
    <RiExternalLinkLine
      size="1em"
      aria-hidden
      style={{ verticalAlign: '-0.125em' }}
    />
  </Link>
);
