import { execa } from 'execa';

/** What an instance needs of the kernel, each as a line of shell that fails without it. */
const features: Record<string, string> = {
  'a bridge': 'ip link add bridge0 type bridge',
  'a veth pair': 'ip link add veth0 type veth peer name veth1',
  'nftables with NAT':
    "nft 'add table ip t; add chain ip t c { type nat hook postrouting priority 100; }; add rule ip t c ip saddr 10.42.0.0/24 masquerade'",
  'nftables verdict maps':
    "nft 'add table inet t; add map inet t m { type ipv4_addr : verdict; }; add chain inet t c { type filter hook forward priority 0; }; add rule inet t c ct direction reply accept; add rule inet t c ip saddr vmap @m'",
  // Without layers it never mounts, but the kernel says first whether it knows the file system.
  'an overlay file system':
    "! mount -t overlay none / -o lowerdir=/nonexistent/a:/nonexistent/b 2>&1 | grep -q 'unknown filesystem'",
  // A chroot's root is no mount, whose propagation unshare would change.
  'a mount namespace': 'unshare --mount --propagation unchanged true',
};

/**
 * Tries what an instance does with the network and with file systems, in namespaces that end at once.
 *
 * @returns what was refused
 */
export async function tryKernelFeatures(path: string): Promise<string[]> {
  const script = Object.entries(features)
    .map(([name, line]) => `{ ${line}; } 2>/dev/null || echo '${name}'`)
    .join('\n');
  const { stdout, exitCode } = await execa(
    'unshare',
    [
      ...['--net', '--pid', '--fork', '--ipc', '--uts', '--cgroup'],
      ...['sh', '-c', script],
    ],
    { env: { PATH: path, LC_ALL: 'C' }, reject: false },
  );
  return exitCode === 0
    ? stdout.split('\n').filter(Boolean)
    : ['namespaces of its own (unshare)'];
}
