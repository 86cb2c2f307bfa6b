/**
 * The same address by its number: a bare root file system has no /etc/hosts, and `localhost` is then a
 * name like any other, which only browsers and curl know by themselves.
 */
export function loopbackUrl(url: string): string {
  return url.replace(/^(https?:\/\/)localhost(?=[:/]|$)/, '$1127.0.0.1');
}
