import { Fragment, type ReactNode } from 'react';
import { Card, CardBody, CardHeader, Text } from '@backstage/ui';

/** A card of names and what they are. Facts without a value are left out. */
export const Facts = ({
  title,
  facts,
}: {
  title: string;
  facts: Array<{ name: string; value: ReactNode }>;
}) => (
  <Card>
    <CardHeader>
      <Text as="h3" variant="title-x-small">
        {title}
      </Text>
    </CardHeader>
    <CardBody>
      <dl style={{ margin: 0 }}>
        {facts
          .filter(({ value }) => value !== undefined && value !== '')
          .map(({ name, value }) => (
            <Fragment key={name}>
              <Text as="div" variant="body-small" color="secondary">
                <dt>{name}</dt>
              </Text>
              <dd style={{ margin: '0 0 var(--bui-space-2)' }}>
                <Text as="div">{value}</Text>
              </dd>
            </Fragment>
          ))}
      </dl>
    </CardBody>
  </Card>
);
