import { Testbed } from './Testbed';

/** Reserved for documentation (RFC 5737), so that it stands for an address of the internet. */
const address = '203.0.113.10';
const gateway = '203.0.113.9';
const namespace = 'outside';

/**
 * A host outside the cluster: a network namespace with a web server, behind a route of the node. The
 * instance has no way to the real internet, so this is what its pods would reach if nothing kept them.
 */
export class OutsideHost {
  static readonly address = address;
  static readonly port = 8000;

  static async start(testbed: Testbed): Promise<OutsideHost> {
    const host = new OutsideHost(testbed);
    await host.ip('netns', 'add', namespace);
    await host.ip(
      ...['link', 'add', 'outside0', 'type', 'veth'],
      ...['peer', 'name', 'eth0', 'netns', namespace],
    );
    await host.ip('addr', 'add', `${gateway}/30`, 'dev', 'outside0');
    await host.ip('link', 'set', 'outside0', 'up');
    await host.inside('ip', 'addr', 'add', `${address}/30`, 'dev', 'eth0');
    await host.inside('ip', 'link', 'set', 'eth0', 'up');
    await host.inside('ip', 'route', 'add', 'default', 'via', gateway);
    await host.inside(
      'sh',
      '-c',
      `setsid busybox httpd -p ${address}:${OutsideHost.port} -h /usr/share </dev/null >/dev/null 2>&1`,
    );
    return host;
  }

  private constructor(private readonly testbed: Testbed) {}

  async stop(): Promise<void> {
    await this.testbed.cluster.execute('sh', [
      '-c',
      `ip netns pids ${namespace} | xargs -r kill -9`,
    ]);
    await this.ip('netns', 'delete', namespace);
  }

  private async ip(...args: string[]): Promise<void> {
    const result = await this.testbed.cluster.execute('ip', args);
    if (result.exitCode !== 0) {
      throw new Error(`ip ${args.join(' ')}: ${result.stderr}`);
    }
  }

  private async inside(...command: string[]): Promise<void> {
    await this.ip('netns', 'exec', namespace, ...command);
  }
}
