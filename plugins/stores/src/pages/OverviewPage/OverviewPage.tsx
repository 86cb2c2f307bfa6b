import { useState } from 'react';
import { BreadcrumbEntry, useRouteRef } from '@backstage/frontend-plugin-api';
import { Container, Flex, Grid, Header, Select, Text } from '@backstage/ui';
import { ClusterBanner } from '../../components/ClusterBanner';
import { LoadError } from '../../components/LoadError';
import { LoadingCards } from '../../components/LoadingCards';
import { useNow } from '../../data/useNow';
import { useOverview } from '../../data/useOverview';
import { overviewRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';
import { CapacityCard } from './CapacityCard';
import { FailuresChart } from './FailuresChart';
import { OwnersChart } from './OwnersChart';
import { PlatformCard } from './PlatformCard';
import { RepairsChart } from './RepairsChart';
import { StatesChart } from './StatesChart';
import { TimesChart } from './TimesChart';

const choices = [
  { days: 2, text: 'two' },
  { days: 7, text: 'week' },
  { days: 30, text: 'month' },
  { days: 90, text: 'quarter' },
] as const;

/** How the platform does, in counts and times. */
export const OverviewPage = () => {
  const t = useStoresTranslation();
  const link = useRouteRef(overviewRouteRef);
  const [days, setDays] = useState(7);
  const now = useNow();
  const { value, error, loadedAt, retryAt, reload } = useOverview(days);
  const title = t('overview.title');
  return (
    <BreadcrumbEntry entry={{ label: title, href: link?.() ?? '' }}>
      <Header title={title} />
      <Container>
        <Flex direction="column" gap="4" align="stretch">
          <ClusterBanner />
          <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
            <Select
              label={t('overview.days')}
              options={choices.map(choice => ({
                value: String(choice.days),
                label: t(`overview.dayOptions.${choice.text}`),
              }))}
              value={String(days)}
              onChange={key => setDays(Number(key))}
            />
            <Text as="p" color="secondary">
              {t('overview.lead', { days: String(days) })}
            </Text>
          </Flex>
          {error && (
            <LoadError
              what={t('overview.what')}
              error={error}
              loadedAt={loadedAt}
              retryAt={retryAt}
              onRetry={reload}
            />
          )}
          {!value && !error && <LoadingCards label={t('overview.loading')} />}
          <Grid.Root columns={{ initial: '1', md: '2' }} gap="4">
            {value && (
              <>
                <StatesChart overview={value} />
                <TimesChart overview={value} />
                <FailuresChart overview={value} />
                <RepairsChart overview={value} now={now} />
                <OwnersChart overview={value} />
              </>
            )}
            <CapacityCard />
            {value && <PlatformCard overview={value} now={now} />}
          </Grid.Root>
        </Flex>
      </Container>
    </BreadcrumbEntry>
  );
};
