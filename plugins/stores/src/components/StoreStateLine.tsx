import { Flex, Text } from '@backstage/ui';
import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCircleLine,
  RiDeleteBinLine,
  RiLoader3Line,
  RiLoader4Line,
  RiSpamFill,
  type RemixiconComponentType,
} from '@remixicon/react';
import type {
  Store,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import { describeStore } from '../words/describeStore';

const signs: Record<
  StoreState,
  { icon: RemixiconComponentType; color: string }
> = {
  REQUESTED: { icon: RiCircleLine, color: 'var(--bui-fg-secondary)' },
  PROVISIONING: { icon: RiLoader4Line, color: 'var(--bui-fg-announcement)' },
  READY: { icon: RiCheckboxCircleFill, color: 'var(--bui-fg-positive)' },
  DEGRADED: { icon: RiAlertFill, color: 'var(--bui-fg-warning)' },
  FAILED: { icon: RiSpamFill, color: 'var(--bui-fg-negative)' },
  DELETING: { icon: RiLoader3Line, color: 'var(--bui-fg-secondary)' },
  DELETED: { icon: RiDeleteBinLine, color: 'var(--bui-fg-secondary)' },
};

/** A store's state as sign, word and sentence, with what to do about it. */
export const StoreStateLine = ({
  store,
  now,
}: {
  store: Store;
  now: number;
}) => {
  const { icon: Icon, color } = signs[store.state];
  const { sentence, remedy } = describeStore(store, now);
  return (
    <Flex gap="2" align="start">
      <Icon size={20} color={color} aria-hidden style={{ flexShrink: 0 }} />
      <Text as="p">
        <Text as="strong" weight="bold">
          {store.state}
        </Text>{' '}
        {sentence}
        {remedy && ` ${remedy}`}
      </Text>
    </Flex>
  );
};
