import { Fragment, type ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { InfoCard } from './InfoCard';

/** A card of names and what they are. Facts without a value are left out. */
export const Facts = ({
  title,
  facts,
}: {
  title: string;
  facts: Array<{ name: string; value: ReactNode }>;
}) => (
  <InfoCard title={title}>
    <dl style={{ margin: 0 }}>
      {facts
        .filter(({ value }) => value !== undefined && value !== '')
        .map(({ name, value }) => (
          <Fragment key={name}>
            <dt>
              <Text variant="body-small" color="secondary">
                {name}
              </Text>
            </dt>
            <dd style={{ margin: '0 0 var(--bui-space-2)' }}>
              <Text as="div">{value}</Text>
            </dd>
          </Fragment>
        ))}
    </dl>
  </InfoCard>
);
