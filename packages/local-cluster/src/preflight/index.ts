export * from './checks';
export * from './MachineFacts';
export * from './runPreflight';
