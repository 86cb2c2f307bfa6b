import { Alert, Flex, Text } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { Time } from '../../components/Time';
import { noticeOf } from '../../models/storeNotice';
import { useStoresTranslation } from '../../translation';
import styles from './StorePage.module.css';

/** What a person should act on: why, what to do, and when the portal tries again. */
export const StoreNotice = ({ store, now }: { store: Store; now: number }) => {
  const t = useStoresTranslation();
  const notice = noticeOf(store, { now, t });
  if (!notice) {
    return null;
  }
  return (
    <Alert
      icon
      role="region"
      aria-label={notice.title}
      status={notice.status}
      title={notice.title}
      description={
        <Flex direction="column" gap="2">
          {notice.text && <Text as="p">{notice.text}</Text>}
          {notice.next && (
            <Text as="p">
              <Time time={notice.next.at}>{notice.next.text}</Time>
            </Text>
          )}
          {notice.words && (
            <details>
              <summary>
                <Text as="span" variant="body-small">
                  {t('store.notice.cluster')}
                </Text>
              </summary>
              <pre className={styles.words}>{notice.words}</pre>
            </details>
          )}
        </Flex>
      }
    />
  );
};
