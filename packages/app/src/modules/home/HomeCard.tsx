import { Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';

/** A place to go to, with what is there. */
export const HomeCard = ({
  title,
  text,
  href = '',
}: {
  title: string;
  text: string;
  href?: string;
}) => (
  <Card>
    <CardHeader>
      <Link href={href} weight="bold">
        {title}
      </Link>
    </CardHeader>
    <CardBody>
      <Text as="p" color="secondary">
        {text}
      </Text>
    </CardBody>
  </Card>
);
