import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { storesApiRef } from '../api';
import { addressEndOf } from './previewAddress';

/** What stores' addresses end with; undefined until it is known, and where there is no store that could tell. */
export function useAddressEnd(): string | undefined {
  const api = useApi(storesApiRef);
  const [end, setEnd] = useState<string>();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    api.listStores({ limit: 1, signal }).then(
      ({ items: [store] }) =>
        !signal.aborted && store && setEnd(addressEndOf(store)),
      // The address is then shown without its end, as where there is no store yet.
      () => {},
    );
    return () => controller.abort();
  }, [api]);
  return end;
}
