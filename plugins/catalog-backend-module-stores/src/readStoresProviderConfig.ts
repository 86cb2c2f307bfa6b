import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';

/** Settings of the provider. */
export interface StoresProviderConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** Address of the list of stores in the portal, without a slash at the end. */
  pagesUrl: string;
}

const defaultSchedule: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 2 },
};

/** Reads `catalog.providers.stores`, of which everything has a default. */
export function readStoresProviderConfig(config: Config): StoresProviderConfig {
  const provider = config.getOptionalConfig('catalog.providers.stores');
  const schedule = provider?.getOptionalConfig('schedule');
  const portal = config.getString('app.baseUrl').replace(/\/+$/, '');
  const path = provider?.getOptionalString('pagePath') ?? '/stores';
  return {
    schedule: schedule
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
      : defaultSchedule,
    pagesUrl: `${portal}/${path.replace(/^\/+|\/+$/g, '')}`,
  };
}
