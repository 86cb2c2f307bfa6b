import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateDirectory } from '@storeyard/local-cluster';
import { execa } from 'execa';
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
    const pid = await readFile(
      join(stateDirectory(testbed.instance), 'pid'),
      'utf8',
    );
    const host = new OutsideHost(pid.trim());
    await host.ip('netns', 'add', namespace);
    await host.ip(
      ...['link', 'add', 'outside0', 'type', 'veth'],
      ...['peer', 'name', 'eth0', 'netns', namespace],
    );
    await host.ip('addr', 'add', `${gateway}/30`, 'dev', 'outside0');
    await host.ip('link', 'set', 'outside0', 'up');
    await host.outside('ip', 'addr', 'add', `${address}/30`, 'dev', 'eth0');
    await host.outside('ip', 'link', 'set', 'eth0', 'up');
    await host.outside('ip', 'route', 'add', 'default', 'via', gateway);
    const server = `require('node:http').createServer((_, response) => response.end()).listen(${OutsideHost.port}, '${address}')`;
    await host.outside(
      ...['sh', '-c', 'setsid "$0" -e "$1" </dev/null >/dev/null 2>&1 &'],
      ...[process.execPath, server],
    );
    return host;
  }

  private constructor(
    /** First process of the instance: what it sees, the commands here see. */
    private readonly pid: string,
  ) {}

  async stop(): Promise<void> {
    await this.inInstance(
      ...['sh', '-c', `ip netns pids ${namespace} | xargs -r kill -9`],
    );
    await this.ip('netns', 'delete', namespace);
  }

  private async outside(...command: string[]): Promise<void> {
    await this.ip('netns', 'exec', namespace, ...command);
  }

  private async ip(...args: string[]): Promise<void> {
    await this.inInstance('ip', ...args);
  }

  private async inInstance(...command: string[]): Promise<void> {
    await execa('nsenter', ['-t', this.pid, '-a', '--', ...command]);
  }
}
