import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';

export const AUTHENTICATE = false;

const page = readFileSync(
  join(process.cwd(), 'storefront', 'index.html'),
  'utf8',
);

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

/** The storefront: one page for every shop, with this shop's title and key filled in. */
export async function GET(req: MedusaRequest, res: MedusaResponse) {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY);
  const {
    data: [store],
  } = await query.graph({ entity: 'store', fields: ['name'] });
  const {
    data: [key],
  } = await query.graph({
    entity: 'api_key',
    fields: ['token'],
    filters: { type: 'publishable' },
  });
  res.setHeader('content-type', 'text/html; charset=utf-8');
  res.setHeader('cache-control', 'no-store');
  res.setHeader(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  );
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('referrer-policy', 'same-origin');
  // Functions, since a title may hold what replace() reads as a pattern.
  res.send(
    page
      .replaceAll('{{title}}', () => escapeHtml(store?.name ?? 'Shop'))
      .replaceAll('{{publishableKey}}', () => escapeHtml(key?.token ?? '')),
  );
}
