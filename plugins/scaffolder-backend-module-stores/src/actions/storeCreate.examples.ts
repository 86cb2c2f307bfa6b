import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Uses of `storeyard:store:create`; the tests run each. */
export const examples: TemplateExample[] = [
  {
    description: 'Order a store for whoever started the task',
    example: stringify({
      steps: [
        {
          id: 'store',
          name: 'Order the store',
          action: 'storeyard:store:create',
          input: { name: 'Toys & Games' },
        },
      ],
    }),
  },
  {
    description:
      'Order a store for a team and wait until it is open, with its events in the log',
    example: stringify({
      steps: [
        {
          id: 'store',
          name: 'Open the store',
          action: 'storeyard:store:create',
          input: {
            name: 'Toys & Games',
            plan: 'medium',
            owner: 'group:default/team-a',
            parameters: {
              title: 'Toys & Games',
              currency: 'usd',
              countries: ['us', 'ca'],
              demoProducts: false,
            },
            wait: true,
          },
        },
      ],
    }),
  },
  {
    description: 'Order a protected store for each country',
    example: stringify({
      steps: [
        {
          id: 'stores',
          name: 'Order the stores',
          action: 'storeyard:store:create',
          each: ['de', 'fr'],
          input: {
            name: 'Toys ${{ each.value }}',
            parameters: { countries: ['${{ each.value }}'] },
            protected: true,
          },
        },
      ],
    }),
  },
];
