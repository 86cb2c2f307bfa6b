import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Alert,
  Flex,
  VisuallyHidden,
} from '@backstage/ui';
import { useCluster } from '../data/useCluster';
import { useNow } from '../data/useNow';
import { describeCluster } from '../models/describeCluster';
import { useStoresTranslation } from '../translation';
import { PreparationParts } from './PreparationParts';
import { Time } from './Time';

/** How far the cluster's making is, or that it can't be reached; nothing when all is well. */
export const ClusterBanner = () => {
  const t = useStoresTranslation();
  const cluster = useCluster();
  const now = useNow();
  const notice = cluster.value && describeCluster(cluster.value, { now, t });
  const preparation = notice?.preparation;
  return (
    <>
      <VisuallyHidden>
        <div aria-live="polite">{notice?.announcement}</div>
      </VisuallyHidden>
      {notice && (
        <Flex direction="column" gap="2">
          <Alert
            icon
            status={notice.status}
            isPending={notice.status === 'info'}
            title={
              notice.since ? (
                <Time time={notice.since}>{notice.title}</Time>
              ) : (
                notice.title
              )
            }
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
      )}
    </>
  );
};
