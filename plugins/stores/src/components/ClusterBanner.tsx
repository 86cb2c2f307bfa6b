import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Alert,
  Flex,
} from '@backstage/ui';
import { useCluster } from '../data/useCluster';
import { useNow } from '../data/useNow';
import { describeCluster } from '../models/describeCluster';
import { useStoresTranslation } from '../translation';
import { PreparationParts } from './PreparationParts';

/** How far the cluster's making is, or that it can't be reached; nothing when all is well. */
export const ClusterBanner = () => {
  const t = useStoresTranslation();
  const cluster = useCluster();
  const now = useNow();
  const notice = cluster.value && describeCluster(cluster.value, { now, t });
  if (!notice) {
    return null;
  }
  const { preparation } = notice;
  return (
    <Flex direction="column" gap="2">
      <Alert
        icon
        role={notice.status === 'info' ? 'status' : 'alert'}
        status={notice.status}
        isPending={notice.status === 'info'}
        title={notice.title}
        description={notice.description}
      />
      {preparation && preparation.items.length > 0 && (
        <Accordion defaultExpanded>
          <AccordionTrigger title={t('common.cluster.parts')} />
          <AccordionPanel>
            <PreparationParts preparation={preparation} now={now} />
          </AccordionPanel>
        </Accordion>
      )}
    </Flex>
  );
};
