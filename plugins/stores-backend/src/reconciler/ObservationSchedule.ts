/** When this process last did what it need not do on every pass. Lost with the process, which costs one look more. */
export class ObservationSchedule {
  static create(): ObservationSchedule {
    return new ObservationSchedule();
  }

  private readonly times = new Map<string, Map<string, number>>();

  private constructor() {}

  /** Whether the activity was not noted for the store within the period. */
  isDue(storeId: string, activity: string, periodMs: number): boolean {
    const last = this.times.get(storeId)?.get(activity);
    return last === undefined || Date.now() - last >= periodMs;
  }

  note(storeId: string, activity: string): void {
    const activities = this.times.get(storeId) ?? new Map<string, number>();
    activities.set(activity, Date.now());
    this.times.set(storeId, activities);
  }

  /** Seconds since the activity was noted first; the first call notes it. */
  secondsSince(storeId: string, activity: string): number {
    if (this.times.get(storeId)?.get(activity) === undefined) {
      this.note(storeId, activity);
    }
    const since = this.times.get(storeId)?.get(activity) ?? Date.now();
    return (Date.now() - since) / 1000;
  }

  forget(storeId: string): void {
    this.times.delete(storeId);
  }
}
