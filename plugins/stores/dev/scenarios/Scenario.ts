import type { StoresApi } from '../../src/api';

/** One state of one page. */
export interface Scenario {
  title: string;
  /** Where the page is. */
  path: string;
  /** What the backend answers. */
  api: Partial<StoresApi>;
  /** Names of the permissions that whoever looks lacks. */
  denied?: string[];
  /** Names of the groups that whoever looks acts for; none unless given. */
  groups?: () => Promise<string[]>;
}

/** Scenarios by the name that stands in the address. */
export type Scenarios = Record<string, Scenario>;
