import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPortalSettings,
  readPortalSettings,
  writePortalSettings,
} from './PortalSettings';

describe('PortalSettings', () => {
  let state: string;

  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'storeyard-settings-'));
  });

  afterEach(async () => {
    await rm(state, { recursive: true });
  });

  it('has none before the first start', async () => {
    await expect(readPortalSettings(state)).resolves.toBeUndefined();
  });

  it('comes back as it was written, readable by its owner only', async () => {
    const settings = createPortalSettings(7007);
    await writePortalSettings(state, settings);
    await expect(readPortalSettings(state)).resolves.toEqual(settings);
    const { mode } = await stat(join(state, 'portal.json'));
    expect(mode % 0o1000).toBe(0o600);
    await expect(readdir(state)).resolves.toEqual(['portal.json']);
  });

  it('has secrets of its own in each instance', () => {
    const [first, second] = [createPortalSettings(1), createPortalSettings(1)];
    expect(first.secretKey).not.toBe(second.secretKey);
    expect(new Set(Object.values(first)).size).toBe(5);
  });

  it('is never made anew when it can not be read: stores hang on its key', async () => {
    await writeFile(join(state, 'portal.json'), '{"port":70');
    await expect(readPortalSettings(state)).rejects.toThrow(
      `'${join(state, 'portal.json')}' can't be used`,
    );
  });
});
