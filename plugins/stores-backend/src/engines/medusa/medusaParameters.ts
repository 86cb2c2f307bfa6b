import { hasControlCharacters } from '@storeyard/backstage-plugin-stores-common';
import { z } from 'zod';

const currency = z
  .string()
  .regex(/^[a-z]{3}$/, 'expected three lower-case letters (ISO 4217)');
const country = z
  .string()
  .regex(/^[a-z]{2}$/, 'expected two lower-case letters (ISO 3166-1)');

/** What a person may choose for a Medusa shop; anything else is refused by name. */
export const medusaParameters = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .refine(
      text => !hasControlCharacters(text),
      'expected no control characters or broken ones',
    )
    .optional(),
  currency: currency.default('eur'),
  countries: z
    .array(country)
    .min(1)
    .max(50)
    .refine(list => new Set(list).size === list.length, 'expected each once')
    .default(['de', 'fr', 'gb']),
  demoProducts: z.boolean().default(true),
  adminEmail: z.email().max(200).optional(),
  imageVersion: z
    .string()
    .regex(
      /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
      'expected an image tag without a repository',
    )
    .optional(),
});

export type MedusaParameters = z.infer<typeof medusaParameters>;
