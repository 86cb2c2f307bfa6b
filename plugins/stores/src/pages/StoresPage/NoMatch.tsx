import { Button, Flex, Text } from '@backstage/ui';
import { InfoCard } from '../../components/InfoCard';
import { useStoresTranslation } from '../../translation';

/** What a list says whose filters leave nothing. */
export const NoMatch = ({ onClear }: { onClear: () => void }) => {
  const t = useStoresTranslation();
  return (
    <InfoCard title={t('list.filteredEmpty.title')}>
      <Flex direction="column" gap="2" align="start">
        <Text as="p">{t('list.filteredEmpty.text')}</Text>
        <Button variant="secondary" onPress={onClear}>
          {t('list.filteredEmpty.clear')}
        </Button>
      </Flex>
    </InfoCard>
  );
};
