import type { ReactNode } from 'react';

const absolute = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'long',
});

/** A moment in words, with the exact one on hover. */
export const Time = ({
  time,
  children,
}: {
  time: string;
  children: ReactNode;
}) => (
  <time dateTime={time} title={absolute.format(new Date(time))}>
    {children}
  </time>
);
