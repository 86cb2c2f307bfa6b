import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { medusaVersion } from './medusaVersion';
import { storeImageConfig, storeReference } from './storeImage';

const read = (name: string) =>
  readFileSync(join(__dirname, '../app', name), 'utf8');

describe('medusaVersion', () => {
  const manifest = JSON.parse(read('package.json'));
  const lock = JSON.parse(read('package-lock.json'));
  const names = Object.keys(manifest.dependencies).filter(name =>
    name.startsWith('@medusajs/'),
  );

  it('is what the app asks for and what its lock installs', () => {
    expect(names).toHaveLength(4);
    for (const name of names) {
      expect(manifest.dependencies[name]).toBe(medusaVersion);
      expect(lock.packages[''].dependencies[name]).toBe(medusaVersion);
      expect(lock.packages[`node_modules/${name}`].version).toBe(medusaVersion);
    }
  });

  it('names the image', () => {
    expect(storeReference).toBe(
      `storeyard.local/medusa-store:${medusaVersion}`,
    );
    expect(storeImageConfig.Labels).toEqual({
      'org.opencontainers.image.version': medusaVersion,
    });
  });

  it('comes from a lock that names no registry and checks every package', () => {
    const packages = Object.entries<{
      resolved?: string;
      integrity?: string;
      link?: boolean;
    }>(lock.packages).filter(([path]) => path !== '');

    expect(packages.length).toBeGreaterThan(1000);
    expect(packages.filter(([, { resolved }]) => resolved)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => !integrity)).toEqual([]);
  });
});
