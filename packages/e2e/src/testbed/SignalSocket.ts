import { waitFor } from './waitFor';

interface Signal {
  channel: string;
  message: Record<string, unknown>;
}

/** Hears a channel of signals as an open page does. */
export class SignalSocket {
  static async open(options: {
    baseUrl: string;
    /** Without it as somebody who isn't signed in. */
    token?: string;
    channel: string;
  }): Promise<SignalSocket> {
    const address = new URL('/api/signals', options.baseUrl);
    address.protocol = 'ws:';
    // A fresh backend leaves its first socket without an answer; a page tries again as well.
    return waitFor({ what: 'a socket is open' }, async () => {
      const socket = new WebSocket(address, options.token ?? []);
      const opened = await new Promise<boolean>(resolve => {
        const giveUp = setTimeout(() => resolve(false), 3_000);
        socket.onopen = () => {
          clearTimeout(giveUp);
          resolve(true);
        };
        socket.onerror = () => resolve(false);
      });
      if (!opened) {
        socket.close();
        return undefined;
      }
      const signals = new SignalSocket(socket);
      socket.send(
        JSON.stringify({ action: 'subscribe', channel: options.channel }),
      );
      return signals;
    });
  }

  readonly heard: Signal[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => this.heard.push(JSON.parse(String(data)));
  }

  close(): void {
    this.socket.close();
  }
}
