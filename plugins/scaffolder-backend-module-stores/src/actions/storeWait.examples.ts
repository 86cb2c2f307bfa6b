import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Uses of `storeyard:store:wait`; the tests run each. */
export const examples: TemplateExample[] = [
  {
    description: 'Wait for a store that an earlier step ordered',
    example: stringify({
      steps: [
        {
          id: 'ready',
          name: 'Wait until the store is open',
          action: 'storeyard:store:wait',
          input: { id: '${{ steps.store.output.id }}' },
        },
      ],
    }),
  },
  {
    description: 'Wait at most five minutes until a store is gone',
    example: stringify({
      steps: [
        {
          id: 'gone',
          name: 'Wait until the store is gone',
          action: 'storeyard:store:wait',
          input: {
            id: 'toys-games-x7k2p',
            state: 'DELETED',
            timeoutMinutes: 5,
          },
        },
      ],
    }),
  },
];
