import { useEffect, useState } from 'react';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';

/** The entity refs that whoever is signed in acts for: theirs and their groups'. Undefined until known. */
export function useOwnRefs(): readonly string[] | undefined {
  const identity = useApi(identityApiRef);
  const [refs, setRefs] = useState<readonly string[]>();
  useEffect(() => {
    let shown = true;
    identity.getBackstageIdentity().then(
      ({ ownershipEntityRefs }) => shown && setRefs(ownershipEntityRefs),
      // Who they are is a help to sort by; without it nothing is theirs.
      () => shown && setRefs([]),
    );
    return () => {
      shown = false;
    };
  }, [identity]);
  return refs;
}
