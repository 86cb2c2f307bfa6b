import { Flex, Skeleton } from '@backstage/ui';

/** The outline of cards that are still being read. */
export const LoadingCards = ({ label }: { label: string }) => (
  <Flex direction="column" gap="3" role="status" aria-label={label}>
    {[1, 2, 3].map(number => (
      <Skeleton key={number} width="100%" height={96} />
    ))}
  </Flex>
);
