import { testCluster } from './testCluster';

// A program for tests that kill whoever brings a cluster up.
const [, , instance = ''] = process.argv;
void testCluster(instance).up();
