import { useEffect, useState } from 'react';
import { ForwardedError, ResponseError } from '@backstage/errors';

/** The text of a file that was built with the pages. */
export function useText(url: string): { text?: string; error?: Error } {
  const [result, setResult] = useState<{ text?: string; error?: Error }>({});
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      const response = await fetch(url, { signal: controller.signal });
      if (!response.ok) {
        throw await ResponseError.fromResponse(response);
      }
      return response.text();
    };
    read().then(
      text => setResult({ text }),
      cause => {
        if (!controller.signal.aborted) {
          setResult({
            error: new ForwardedError(`'${url}' can't be read`, cause),
          });
        }
      },
    );
    return () => controller.abort();
  }, [url]);
  return result;
}
