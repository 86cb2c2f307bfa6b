import { request } from 'node:http';
import type { ShopAddress } from '@storeyard/store-image';

/** A page of a shop. */
export interface ShopPage {
  status: number;
  text: string;
}

/** The front page of a shop. `fetch` can't set the `Host` header, which the ingress routes by. */
export async function openStorefront(shop: ShopAddress): Promise<ShopPage> {
  return new Promise((resolve, reject) => {
    const sent = request(
      shop.baseUrl,
      {
        agent: false,
        headers: { host: shop.host },
        signal: shop.signal,
        timeout: 30_000,
      },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text }),
        );
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end();
  });
}
