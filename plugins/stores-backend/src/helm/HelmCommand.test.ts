import {
  chmod,
  mkdtemp,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HelmCommand, HelmError } from './HelmCommand';

describe('HelmCommand', () => {
  let folder: string;
  let helm: HelmCommand;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helm-test-'));
  });

  afterEach(async () => {
    await helm?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A program in Helm's place. */
  async function pretend(script: string): Promise<void> {
    const command = join(folder, 'helm');
    await writeFile(command, `#!/bin/sh\n${script}\n`);
    await chmod(command, 0o755);
    helm = HelmCommand.create({ command, kubeconfig: '/portal.kubeconfig' });
  }

  it("works with a home and a kubeconfig of its own, and none of the user's settings", async () => {
    process.env.HELM_NAMESPACE = 'of-the-user';
    try {
      await pretend('env');
      const output = await helm.run({ args: ['version'], timeoutMs: 50_000 });
      const environment = Object.fromEntries(
        output.split('\n').map(line => line.split('=', 2)),
      );
      expect(environment).not.toHaveProperty('HELM_NAMESPACE');
      expect(environment.KUBECONFIG).toBe('/portal.kubeconfig');
      const home = environment.HOME as string;
      expect(environment.HELM_CONFIG_HOME).toBe(join(home, 'config'));
      expect((await stat(home)).mode % 0o1000).toBe(0o700);
      await helm.close();
      await expect(stat(home)).rejects.toThrow('ENOENT');
    } finally {
      delete process.env.HELM_NAMESPACE;
    }
  });

  it('hands values over in a file that nobody else can read, and removes it', async () => {
    await pretend(
      `for last; do :; done; stat -c %a "$last"; echo "$last"; cat "$last" > ${folder}/seen`,
    );
    const output = await helm.run({
      args: ['template'],
      values: { shop: { title: 'Toys' } },
      timeoutMs: 50_000,
    });
    const [mode, file] = output.split('\n') as [string, string];
    expect(mode).toBe('600');
    expect(await readFile(join(folder, 'seen'), 'utf8')).toBe(
      '{"shop":{"title":"Toys"}}',
    );
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it("fails in Helm's words", async () => {
    await pretend('echo "Error: no such chart" >&2; exit 3');
    await expect(
      helm.run({ args: ['template'], timeoutMs: 50_000 }),
    ).rejects.toThrow(
      new HelmError('helm template failed: Error: no such chart'),
    );
  });

  it('ends a Helm that takes too long', async () => {
    await pretend('exec sleep 60');
    await expect(
      helm.run({ args: ['upgrade'], timeoutMs: 100 }),
    ).rejects.toThrow('helm upgrade took more than 0.1 s');
  });

  it('ends with its caller', async () => {
    await pretend('exec sleep 60');
    const controller = new AbortController();
    const running = helm.run({
      args: ['upgrade'],
      timeoutMs: 60_000,
      signal: controller.signal,
    });
    controller.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });

  it('does not blame the chart for a program that is not there', async () => {
    helm = HelmCommand.create({ command: join(folder, 'nowhere') });
    const running = helm.run({ args: ['template'], timeoutMs: 50_000 });
    await expect(running).rejects.toThrow(/nowhere' is not there/);
    await expect(running).rejects.not.toBeInstanceOf(HelmError);
  });
});
