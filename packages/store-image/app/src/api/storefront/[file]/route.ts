import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';

export const AUTHENTICATE = false;

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface Asset {
  body: Buffer;
  type: string;
  etag: string;
}

// All of them are small and known, so a request never names a path.
const directory = join(process.cwd(), 'storefront');
const assets = new Map<string, Asset>();
for (const name of readdirSync(directory)) {
  const type = TYPES[extname(name)];
  if (type) {
    const body = readFileSync(join(directory, name));
    const etag = `"${createHash('sha256')
      .update(body)
      .digest('hex')
      .slice(0, 16)}"`;
    assets.set(name, { body, type, etag });
  }
}

/** Scripts, styles and pictures of the storefront. */
export async function GET(req: MedusaRequest, res: MedusaResponse) {
  const asset = assets.get(req.params.file);
  if (!asset) {
    res.status(404).json({ message: `Not Found: '${req.params.file}'` });
    return;
  }
  res.setHeader('content-type', asset.type);
  res.setHeader('cache-control', 'no-cache');
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('etag', asset.etag);
  if (req.headers['if-none-match'] === asset.etag) {
    res.status(304).end();
    return;
  }
  res.send(asset.body);
}
