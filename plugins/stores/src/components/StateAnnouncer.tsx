import { useEffect, useRef, useState } from 'react';
import { VisuallyHidden } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { describeStore } from '../models/describeStore';
import { useStoresTranslation } from '../translation';

/** Says once, to those who can't see it, that a store's state has changed while the page was open. */
export const StateAnnouncer = ({ stores }: { stores: Store[] }) => {
  const t = useStoresTranslation();
  const known = useRef(new Map<string, string>());
  const [said, setSaid] = useState('');
  useEffect(() => {
    const changed = stores.filter(({ id, state }) => {
      const last = known.current.get(id);
      return last !== undefined && last !== state;
    });
    known.current = new Map(stores.map(({ id, state }) => [id, state]));
    if (changed.length > 0) {
      setSaid(
        changed
          .map(store =>
            t('state.changed', {
              name: store.name,
              sentence: describeStore(store, { now: Date.now(), t }).sentence,
            }),
          )
          .join('. '),
      );
    }
  }, [stores, t]);
  return (
    <VisuallyHidden>
      <div aria-live="polite">{said}</div>
    </VisuallyHidden>
  );
};
