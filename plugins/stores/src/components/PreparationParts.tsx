import { Flex, Text } from '@backstage/ui';
import {
  RiCheckboxCircleFill,
  RiCircleLine,
  RiLoader4Line,
  RiSpamFill,
  type RemixiconComponentType,
} from '@remixicon/react';
import type {
  ClusterPreparation,
  ClusterPreparationItem,
} from '@storeyard/backstage-plugin-stores-common';
import type { DescriptionContext } from '../models/describeStore';
import { formatDuration } from '../models/formatDuration';
import { useStoresTranslation } from '../translation';

const signs: Record<
  ClusterPreparationItem['status'],
  { icon: RemixiconComponentType; color: string }
> = {
  waiting: { icon: RiCircleLine, color: 'var(--bui-fg-secondary)' },
  running: { icon: RiLoader4Line, color: 'var(--bui-fg-announcement)' },
  done: { icon: RiCheckboxCircleFill, color: 'var(--bui-fg-positive)' },
  kept: { icon: RiCheckboxCircleFill, color: 'var(--bui-fg-secondary)' },
  failed: { icon: RiSpamFill, color: 'var(--bui-fg-negative)' },
};

function seconds(from: string, to: number): string {
  return formatDuration((to - Date.parse(from)) / 1000);
}

function describePart(
  item: ClusterPreparationItem,
  { now, t }: DescriptionContext,
): string {
  const { status, startedAt, finishedAt, done, total, unit } = item;
  if (status === 'kept') {
    return t('common.cluster.part.kept');
  }
  const count =
    status === 'running' && done !== undefined && total !== undefined
      ? t('common.cluster.part.count', {
          done: String(done),
          total: String(total),
          unit: unit ?? '',
        }).trimEnd()
      : undefined;
  const time =
    startedAt && status !== 'waiting'
      ? seconds(startedAt, finishedAt ? Date.parse(finishedAt) : now)
      : undefined;
  return [t(`common.cluster.part.${status}`), count, time]
    .filter(Boolean)
    .join(' · ');
}

/** The parts of a cluster's making, one a line. */
export const PreparationParts = ({
  preparation,
  now,
}: {
  preparation: ClusterPreparation;
  now: number;
}) => {
  const t = useStoresTranslation();
  return (
    <Flex
      direction="column"
      gap="1"
      role="list"
      aria-label={t('common.cluster.partsName')}
    >
      {preparation.items.map(item => {
        const { icon: Icon, color } = signs[item.status];
        return (
          <Flex key={item.id} gap="2" align="center" role="listitem">
            <Icon
              size={16}
              color={color}
              aria-hidden
              style={{ flexShrink: 0 }}
            />
            <Text as="p" variant="body-small">
              {item.title}
              <Text as="span" variant="body-small" color="secondary">
                {' '}
                {describePart(item, { now, t })}
              </Text>
            </Text>
          </Flex>
        );
      })}
    </Flex>
  );
};
