import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Uses of `storeyard:store:delete`; the tests run each. */
export const examples: TemplateExample[] = [
  {
    description: 'Delete a store',
    example: stringify({
      steps: [
        {
          id: 'delete',
          name: 'Delete the store',
          action: 'storeyard:store:delete',
          input: { id: 'toys-games-x7k2p' },
        },
      ],
    }),
  },
  {
    description: 'Delete a store and wait until nothing of it is left',
    example: stringify({
      steps: [
        {
          id: 'delete',
          name: 'Delete the store',
          action: 'storeyard:store:delete',
          input: { id: 'toys-games-x7k2p', wait: true },
        },
      ],
    }),
  },
];
