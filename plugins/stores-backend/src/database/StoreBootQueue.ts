/** Who boots and who waits for it. */
export interface StoreBootQueue {
  booting: string[];
  waiting: string[];
  /** When the last one of those that boot began to. */
  lastBootStartedAt?: Date;
}
