import { useEffect } from 'react';
import { useRouteRefParams } from '@backstage/frontend-plugin-api';
import { StoreFrame } from '../../components/StoreFrame';
import { useStore } from '../../data/useStore';
import { useStoreEvents } from '../../data/useStoreEvents';
import { storeRouteRef } from '../../routes';
import { StoreContent } from './StoreContent';

const StoreOf = ({ id }: { id: string }) => {
  const polled = useStore(id);
  const log = useStoreEvents(id);
  const { hint } = polled;
  const latest = log.events?.at(-1)?.sequence;
  // What has happened is told before the next poll would see it.
  useEffect(() => {
    if (latest !== undefined) {
      hint();
    }
  }, [latest, hint]);
  return (
    <StoreFrame id={id} polled={polled}>
      {store => <StoreContent store={store} polled={polled} log={log} />}
    </StoreFrame>
  );
};

/** One store: its state, its story, and all that there is to know of it. */
export const StorePage = () => {
  const { id } = useRouteRefParams(storeRouteRef);
  return <StoreOf key={id} id={id} />;
};
