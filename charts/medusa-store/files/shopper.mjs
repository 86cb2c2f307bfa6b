// What `helm test` runs beside the shop: a shopper's first requests, with the store's own key.
const base = 'http://medusa-api';
const deadline = Date.now() + 60_000;

async function get(path, headers = {}) {
  const response = await fetch(base + path, {
    headers,
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) {
    throw new Error(`GET ${path}: HTTP ${response.status}`);
  }
  return response;
}

async function shop() {
  await get('/ready');
  const response = await get('/store/products?limit=1', {
    'x-publishable-api-key': process.env.PUBLISHABLE_API_KEY,
  });
  const { products, count } = await response.json();
  if (!Array.isArray(products)) {
    throw new Error('GET /store/products: no list of products');
  }
  console.log(`ready, ${count} products`);
}

for (;;) {
  try {
    await shop();
    break;
  } catch (error) {
    if (Date.now() > deadline) {
      console.error(error);
      process.exit(1);
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}
