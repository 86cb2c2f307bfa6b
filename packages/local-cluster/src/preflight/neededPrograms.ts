/** Programs of the host that an instance is started or run with, and the Debian package of each. */
export const neededPrograms: Readonly<Record<string, string>> = {
  du: 'coreutils',
  flock: 'util-linux',
  ip: 'iproute2',
  mount: 'mount',
  nft: 'nftables',
  openssl: 'openssl',
  tar: 'tar',
  unshare: 'util-linux',
};

/** The Debian packages of these programs, each once. */
export function packagesOf(programs: string[]): string[] {
  return [
    ...new Set(programs.flatMap(program => neededPrograms[program] ?? [])),
  ].sort();
}
