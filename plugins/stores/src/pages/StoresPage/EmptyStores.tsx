import { Flex, Text } from '@backstage/ui';
import { InfoCard } from '../../components/InfoCard';
import { useStoresTranslation } from '../../translation';
import { CreateButton } from './CreateButton';

/** What a list without stores says. */
export const EmptyStores = () => {
  const t = useStoresTranslation();
  return (
    <InfoCard title={t('list.empty.title')}>
      <Flex direction="column" gap="2" align="start">
        <Text as="p">{t('list.empty.what')}</Text>
        <Text as="p">{t('list.empty.how')}</Text>
        <CreateButton />
      </Flex>
    </InfoCard>
  );
};
