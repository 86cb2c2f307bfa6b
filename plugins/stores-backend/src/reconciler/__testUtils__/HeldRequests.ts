/** A request that was caught on its way. */
export interface HeldRequest {
  /** What was asked, in one line. */
  readonly request: string;
  readonly body: string;
  /** Lets it go on, and says what it was answered. */
  release(): Promise<{ status: number; body: string }>;
}

/** Catches the next request that is wanted, while all others pass. */
export class HeldRequests {
  private wanted: ((request: string, body: string) => boolean) | undefined;
  private caught: ((held: HeldRequest) => void) | undefined;

  next(
    wanted: (request: string, body: string) => boolean,
  ): Promise<HeldRequest> {
    this.wanted = wanted;
    return new Promise(resolve => {
      this.caught = resolve;
    });
  }

  /** Catches nothing more. */
  none(): void {
    this.wanted = undefined;
  }

  /** Sends a request on, at once or when it is released. */
  async pass(
    request: string,
    body: string,
    send: () => Promise<{ status: number; body: string }>,
  ): Promise<void> {
    if (!this.wanted?.(request, body)) {
      await send();
      return;
    }
    const { caught } = this;
    this.wanted = undefined;
    this.caught = undefined;
    await new Promise<void>(resolve => {
      caught?.({
        request,
        body,
        release: async () => {
          resolve();
          return await send();
        },
      });
    });
  }
}
