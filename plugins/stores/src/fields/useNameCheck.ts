import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  findStoreNameProblem,
  type NameCheck,
} from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';

/** What is known of a name. */
export type NameVerdict =
  | { status: 'none' }
  | { status: 'checking' }
  /** Could not be asked; whoever goes on asks again. */
  | { status: 'unknown' }
  | { status: 'broken'; rule: string }
  | { status: 'checked'; check: NameCheck };

const typingMilliseconds = 300;

/** Asks whether a name is free when nobody types any more; the rules are looked at at once. */
export function useNameCheck(name: string): NameVerdict {
  const api = useApi(storesApiRef);
  const [verdict, setVerdict] = useState<NameVerdict>({ status: 'none' });
  useEffect(() => {
    const rule = findStoreNameProblem(name);
    if (name === '' || rule !== undefined) {
      setVerdict(
        name === '' || rule === undefined
          ? { status: 'none' }
          : { status: 'broken', rule },
      );
      return undefined;
    }
    setVerdict({ status: 'checking' });
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      api.checkName(name.trim(), { signal }).then(
        check => signal.aborted || setVerdict({ status: 'checked', check }),
        () => signal.aborted || setVerdict({ status: 'unknown' }),
      );
    }, typingMilliseconds);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, name]);
  return verdict;
}
