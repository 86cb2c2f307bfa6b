import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '@storeyard/image-tools';
import { GoToolchain } from './GoToolchain';
import { inspectToolchain, installToolchain, planToolchain } from './toolchain';

jest.setTimeout(900_000);

describe('our own Go programs', () => {
  const module = join(__dirname, '../../go/addons');
  let folder: string;
  let log: string;
  let go: GoToolchain;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'go-tests-'));
    log = join(folder, 'go.log');
    const cache = { cacheDirectory: cacheDirectory() };
    const facts = await inspectToolchain(cache);
    const plan = planToolchain(facts);
    const caches = join(cacheDirectory(), 'go-tests');
    mkdirSync(join(caches, 'temporary'), { recursive: true });
    go = GoToolchain.create({
      go: await installToolchain({ facts, plan, log, ...cache }),
      folder: caches,
      log,
    });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(['instance', 'localpv', 'netpold', 'podrm'])(
    '%s passes its tests',
    async program => {
      const tested = go
        .test({ cwd: module, packages: [`./${program}/...`] })
        .catch(error => {
          throw new Error(`${error.message}\n${readFileSync(log, 'utf8')}`);
        });
      await expect(tested).resolves.toBeUndefined();
    },
  );
});
