import { useEffect, useState } from 'react';
import { Flex, SearchField, Select, Switch } from '@backstage/ui';
import {
  isActiveStoreState,
  isStoreState,
  storeStates,
} from '@storeyard/backstage-plugin-stores-common';
import { ownerName } from '../../models/ownerName';
import type { StoreFilters } from '../../models/storeFilters';
import { useStoresTranslation } from '../../translation';

const everything = 'any';
const typingMilliseconds = 300;

/** Search and filters of the list. */
export const StoreFilterBar = ({
  filters,
  owners,
  onChange,
}: {
  filters: StoreFilters;
  owners: string[];
  onChange: (filters: StoreFilters) => void;
}) => {
  const t = useStoresTranslation();
  const [text, setText] = useState(filters.text);
  useEffect(() => setText(filters.text), [filters.text]);
  useEffect(() => {
    if (text === filters.text) {
      return undefined;
    }
    const timer = setTimeout(
      () => onChange({ ...filters, text }),
      typingMilliseconds,
    );
    return () => clearTimeout(timer);
  }, [text, filters, onChange]);

  const states = storeStates.filter(isActiveStoreState);
  return (
    <Flex
      gap="3"
      align="end"
      style={{ flexWrap: 'wrap' }}
      role="search"
      aria-label={t('list.search')}
    >
      <SearchField
        aria-label={t('list.search')}
        placeholder={t('list.searchPlaceholder')}
        size="small"
        style={{ flex: '1 1 14rem' }}
        value={text}
        onChange={setText}
      />
      <Select
        label={t('list.state')}
        options={[
          { value: everything, label: t('list.anyState') },
          ...states.map(state => ({
            value: state,
            label: t(`state.names.${state}`),
          })),
        ]}
        value={filters.state ?? everything}
        onChange={key =>
          onChange({ ...filters, state: isStoreState(key) ? key : undefined })
        }
      />
      <Select
        label={t('list.owner')}
        options={[
          { value: everything, label: t('list.anyOwner') },
          ...[...new Set([...owners, filters.owner ?? []].flat())].map(
            owner => ({ value: owner, label: ownerName(owner) }),
          ),
        ]}
        value={filters.owner ?? everything}
        onChange={key =>
          onChange({
            ...filters,
            owner: key === everything || key === null ? undefined : String(key),
          })
        }
      />
      <Switch
        label={t('list.mine')}
        isSelected={filters.mine}
        onChange={mine => onChange({ ...filters, mine })}
      />
    </Flex>
  );
};
