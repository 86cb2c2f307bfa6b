import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { GoToolchain } from './GoToolchain';

const lego = 'github.com/go-acme/lego/v5@v5.4.1';
const leftOut = ['cmd', 'docs', 'e2e', 'providers/dns'];

/**
 * Makes a copy of Traefik's module with its ACME client beside it, where go.mod expects it. The client comes
 * without its 170 DNS providers, some of whose modules can't be had: a local cluster has no certificates.
 *
 * @returns the copy's folder
 */
export async function prepareTraefik(options: {
  /** The module as it lies in the repository. */
  source: string;
  /** Folder that the copy is made in. */
  scratch: string;
  go: GoToolchain;
}): Promise<string> {
  const { source, scratch, go } = options;
  const target = join(scratch, 'traefik');
  const next = `${target}.next`;
  const client = await go.moduleFolder({ cwd: source, module: lego });
  rmSync(next, { recursive: true, force: true });
  cpSync(source, next, { recursive: true });
  cpSync(client, join(next, 'lego'), { recursive: true });
  for (const folder of leftOut) {
    rmSync(join(next, 'lego', folder), { recursive: true, force: true });
  }
  mkdirSync(join(next, 'lego/providers'), { recursive: true });
  cpSync(join(source, 'nodns'), join(next, 'lego/providers/dns'), {
    recursive: true,
  });
  rmSync(target, { recursive: true, force: true });
  renameSync(next, target);
  return target;
}
