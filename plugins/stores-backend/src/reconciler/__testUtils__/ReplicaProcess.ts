import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { ReplicaSettings } from './replica';
import { waitFor } from './waitFor';

const PACKAGE = resolve(__dirname, '../../..');

/** The loop in a process of its own, which can be killed and stopped for real. */
export class ReplicaProcess {
  static async start(settings: ReplicaSettings): Promise<ReplicaProcess> {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, 'replica.ts'),
      ],
      {
        cwd: PACKAGE,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          NODE_OPTIONS: '',
          STOREYARD_REPLICA: JSON.stringify(settings),
        },
      },
    );
    const replica = new ReplicaProcess(child);
    await waitFor(
      async () => replica.output.includes('info started'),
      async () => replica.output,
    );
    return replica;
  }

  output = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', data => {
      this.output += data;
    });
    child.stderr?.on('data', data => {
      this.output += data;
    });
  }

  /** Whether a lease's owner is this process. */
  isHolder(leaseOwner: string | undefined): boolean {
    return Boolean(leaseOwner?.startsWith(`${hostname()}:${this.child.pid}:`));
  }

  /** The process stands still, as one of a suspended machine does. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await ended;
    }
  }

  async stop(): Promise<number | null> {
    this.resume();
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      return this.child.exitCode;
    }
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const forced = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    const [code] = await ended;
    clearTimeout(forced);
    return code;
  }
}
