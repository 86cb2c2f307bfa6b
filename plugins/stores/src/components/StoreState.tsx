import { Flex, Text } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { describePause, describeStore } from '../models/describeStore';
import { useStoresTranslation } from '../translation';
import { StateSign } from './StateSign';
import { Time } from './Time';

/** The full stop that a sentence lacks before another one. */
function stopAfter(sentence: string): string {
  return /[.!?]$/.test(sentence) ? '' : '.';
}

/** A store's state as sign, word and sentence. With `remedy`, also what to do about it. */
export const StoreState = ({
  store,
  now,
  remedy: showsRemedy = false,
}: {
  store: Store;
  now: number;
  remedy?: boolean;
}) => {
  const t = useStoresTranslation();
  const { sentence, since, remedy } = describeStore(store, { now, t });
  const pause = describePause(store, { now, t });
  const name = t(`state.names.${store.state}`);
  // Some sentences begin with the word themselves.
  const rest = sentence.startsWith(name)
    ? sentence.slice(name.length)
    : ` ${sentence}`;
  return (
    <Flex direction="column" gap="1">
      <Flex gap="2" align="start">
        <StateSign state={store.state} />
        <Text as="p">
          <Text as="strong" weight="bold">
            {name}
          </Text>
          {since ? <Time time={since}>{rest}</Time> : rest}
          {showsRemedy && remedy && `${stopAfter(rest)} ${remedy}`}
        </Text>
      </Flex>
      {pause && (
        <Flex gap="2" align="start">
          <StateSign state="PAUSED" />
          <Text as="p">
            {store.pausedUntil ? (
              <Time time={store.pausedUntil}>{pause}</Time>
            ) : (
              pause
            )}
          </Text>
        </Flex>
      )}
    </Flex>
  );
};
