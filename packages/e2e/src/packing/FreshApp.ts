import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  writeFile,
} from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { freePort } from '@storeyard/local-cluster';
import { freshAppFiles } from './freshAppFiles';
import type { PackedPlugin } from './packPlugins';
import { runToLog } from './runToLog';

export interface CreateFreshAppOptions {
  root: string;
  /** Folder of the app, outside of the checkout. */
  directory: string;
  logFile: string;
  plugins: readonly PackedPlugin[];
}

async function readManifest(path: string) {
  return JSON.parse(await readFile(path, 'utf8')) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
    resolutions?: Record<string, string>;
  };
}

/** A Backstage app of its own with the packed plugins in it. */
export class FreshApp {
  /** Writes the app and installs it, from the cache wherever the checkout has the same version. */
  static async create(options: CreateFreshAppOptions): Promise<FreshApp> {
    const { root, directory, logFile, plugins } = options;
    const manifests = await Promise.all(
      ['.', 'packages/app', 'packages/backend'].map(folder =>
        readManifest(join(root, folder, 'package.json')),
      ),
    );
    const tarballs = Object.fromEntries(
      plugins.map(plugin => [plugin.name, `file:${plugin.tarball}`]),
    );
    const port = await freePort();
    const token = randomUUID();
    const files = freshAppFiles({
      versions: {
        ...Object.assign(
          {},
          ...manifests.flatMap(({ dependencies, devDependencies }) => [
            dependencies,
            devDependencies,
          ]),
        ),
        ...tarballs,
      },
      resolutions: { ...manifests[0]?.resolutions, ...tarballs },
      port,
      token,
    });
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    // Of a lock's entries only those are kept that somebody asks for.
    await copyFile(join(root, 'yarn.lock'), join(directory, 'yarn.lock'));
    const [release = ''] = await readdir(join(root, '.yarn/releases'));
    await runToLog(logFile, directory, [
      join(root, '.yarn/releases', release),
      'install',
    ]);
    return new FreshApp(directory, logFile, port, token);
  }

  private backend: ChildProcess | undefined;
  private ended = false;

  private constructor(
    private readonly directory: string,
    private readonly logFile: string,
    private readonly port: number,
    private readonly token: string,
  ) {}

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  async buildPages(): Promise<void> {
    await runToLog(
      this.logFile,
      join(this.directory, 'packages/app'),
      [
        join(this.directory, 'node_modules/.bin/backstage-cli'),
        'package',
        'build',
      ],
      { env: { NODE_ENV: 'production' } },
    );
  }

  startBackend(): void {
    const log = openSync(this.logFile, 'a');
    const backend = spawn(
      process.execPath,
      ['--require', '@backstage/cli/config/nodeTransform.cjs', 'src/index.ts'],
      {
        cwd: join(this.directory, 'packages/backend'),
        env: {
          ...process.env,
          NODE_ENV: 'production',
          JEST_WORKER_ID: undefined,
        },
        stdio: ['ignore', log, log],
      },
    );
    closeSync(log);
    backend.once('exit', () => {
      this.ended = true;
    });
    this.backend = backend;
  }

  /** Whether the backend's process has ended, which a test need not wait out. */
  get hasEnded(): boolean {
    return this.ended;
  }

  /** Calls the backend as a service that it was told of. */
  async call(
    path: string,
    init: { method?: string; body?: string } = {},
  ): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      },
    });
    const text = await answer.text();
    try {
      return { status: answer.status, body: JSON.parse(text) };
    } catch {
      return { status: answer.status, body: text };
    }
  }

  async stop(): Promise<void> {
    const { backend } = this;
    if (!backend || this.ended) {
      return;
    }
    const exit = new Promise(resolve => {
      backend.once('exit', resolve);
    });
    backend.kill('SIGTERM');
    await exit;
  }
}
