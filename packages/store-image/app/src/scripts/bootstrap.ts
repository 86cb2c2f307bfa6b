import type { ExecArgs } from '@medusajs/framework/types';
import { readFacts } from '../database/facts';
import { connectDatabase } from '../start/connectDatabase';
import { readShopSettings } from '../shop/settings';
import { setUpShop } from '../shop/setUpShop';

/** Sets the shop up by hand, as every start does: `medusa exec ./src/scripts/bootstrap.js`. */
export default async function bootstrap({ container }: ExecArgs) {
  const database = await connectDatabase();
  try {
    const { title } = await readFacts(database);
    await setUpShop({
      container,
      settings: readShopSettings(),
      previousTitle: title,
    });
  } finally {
    await database.end();
  }
}
