import type { Config } from '@backstage/config';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether only this machine reaches the backend. Without a host it listens on every address. */
export function listensOnLoopback(config: Config): boolean {
  const listen = config.getOptional('backend.listen');
  const host =
    typeof listen === 'string'
      ? listen.replace(/:\d*$/, '')
      : config.getOptionalString('backend.listen.host') ?? '';
  return loopback.test(host);
}
