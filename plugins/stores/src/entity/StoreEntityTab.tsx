import { useEntity } from '@backstage/plugin-catalog-react';
import { ExtensionRoot } from '../components/ExtensionRoot';
import { useNow } from '../data/useNow';
import { useStoreEvents } from '../data/useStoreEvents';
import { Timeline } from '../pages/StorePage/timeline/Timeline';
import { storeIdOf } from './storeEntity';

const TimelineOf = ({ id }: { id: string }) => {
  const now = useNow();
  return <Timeline log={useStoreEvents(id)} now={now} />;
};

/** A store's timeline on its entity's page. */
export const StoreEntityTab = () => {
  const id = storeIdOf(useEntity().entity);
  return id === undefined ? null : (
    <ExtensionRoot name="entity-tab">
      <TimelineOf key={id} id={id} />
    </ExtensionRoot>
  );
};
