import type { ReactNode } from 'react';
import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import styles from './InfoCard.module.css';
import surface from './surface.module.css';

/** A card with a heading. */
export const InfoCard = ({
  title,
  children,
}: {
  title: string;
  children: ReactNode;
}) => (
  <Card className={`${surface.surface} ${styles.card}`}>
    <CardHeader>
      <Text as="h3" variant="title-x-small">
        {title}
      </Text>
    </CardHeader>
    <CardBody className={styles.body}>{children}</CardBody>
  </Card>
);
