import { CustomErrorBase } from '@backstage/errors';
import {
  describeStoreReason,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';

/** That a store did not become what it was waited for: why, and what a person can do about it. */
export class StoreFailedError extends CustomErrorBase {
  override name = 'StoreFailedError' as const;

  static of(store: Store, page: string): StoreFailedError {
    const text = store.reason && describeStoreReason(store.reason);
    const sentences = [
      `The store '${store.name}' (${store.id}) is ${store.state}${
        store.reason ? `, ${store.reason}` : ''
      }.`,
      text?.sentence,
      store.message,
      withPrefix('What to do: ', store.remedy ?? text?.remedy),
      `Its timeline: ${page}`,
    ];
    return new StoreFailedError(
      sentences.filter(sentence => sentence !== undefined).join('\n'),
    );
  }
}

function withPrefix(prefix: string, text?: string): string | undefined {
  return text && `${prefix}${text}`;
}
