import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from './waitFor';

/** A Helm that notes its arguments and waits before an upgrade until it is let go. */
export class GatedHelm {
  static async create(options: {
    /** The real one. */
    helm: string;
    /** It makes a folder of its own below. */
    directory: string;
  }): Promise<GatedHelm> {
    const folder = await mkdtemp(join(options.directory, 'helm-'));
    const gated = new GatedHelm(folder);
    await writeFile(
      gated.command,
      `#!/bin/sh
echo "$@" >> '${gated.log}'
if [ "$1" = upgrade ]; then echo $$ > '${gated.pid}'; while [ ! -e '${gated.gate}' ]; do sleep 0.02; done; fi
exec '${options.helm}' "$@"
`,
    );
    await chmod(gated.command, 0o755);
    return gated;
  }

  readonly command: string;
  private readonly gate: string;
  private readonly log: string;
  private readonly pid: string;

  private constructor(folder: string) {
    this.command = join(folder, 'helm');
    this.gate = join(folder, 'gate');
    this.log = join(folder, 'log');
    this.pid = join(folder, 'pid');
  }

  async open(): Promise<void> {
    await writeFile(this.gate, '');
  }

  /** What it was called with, a line a call. */
  async calls(): Promise<string> {
    return await readFile(this.log, 'utf8');
  }

  async untilUpgrade(): Promise<void> {
    await waitFor(
      async () => (await this.calls()).includes('upgrade'),
      () => this.calls(),
    );
  }

  /** Whether the last `upgrade` still runs. */
  async isUpgrading(): Promise<boolean> {
    const pid = await readFile(this.pid, 'utf8');
    return existsSync(`/proc/${pid.trim()}`);
  }
}
