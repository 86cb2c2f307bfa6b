import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** Settings of the provider of stores' entities. */
      stores?: {
        /**
         * When all stores are read anew, which covers changes that the provider was not told of; every 5 minutes, for at
         * most 2, unless given.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Path of the stores pages in the portal; `/stores` unless given. */
        pagePath?: string;
      };
    };
  };
}
