import { useEffect, useState } from 'react';
import { addressEndOf } from './previewAddress';
import type { NameVerdict } from './useNameCheck';

/** What stores' addresses end with: known from the first name on that was asked for, and kept while one types on. */
export function useAddressEnd(verdict: NameVerdict): string | undefined {
  const [end, setEnd] = useState<string>();
  const found =
    verdict.status === 'checked'
      ? addressEndOf(verdict.check.storefront)
      : undefined;
  useEffect(() => {
    if (found !== undefined) {
      setEnd(found);
    }
  }, [found]);
  return found ?? end;
}
