import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ForwardedError } from '@backstage/errors';
import { portalPaths } from './portalPaths';

const settingsSchema = z.object({
  port: z.number().int(),
  secretKey: z.string().min(32),
  sessionSecret: z.string().min(32),
  token: z.string().min(24),
  demoRequestKey: z.string(),
});

/** What one instance's portal keeps from start to start. Secret: the file has the mode 0600. */
export type PortalSettings = z.infer<typeof settingsSchema>;

function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** New settings with secrets of their own. */
export function createPortalSettings(port: number): PortalSettings {
  return {
    port,
    secretKey: secret(),
    sessionSecret: secret(),
    token: secret(),
    demoRequestKey: `npm-start-${randomUUID()}`,
  };
}

/** Resolves to the instance's settings; `undefined` before its first start. */
export async function readPortalSettings(
  stateDirectory: string,
): Promise<PortalSettings | undefined> {
  const path = portalPaths(stateDirectory).settings;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch (error) {
    // Never made anew by itself: with another key the stores' databases would not open.
    throw new ForwardedError(`'${path}' can't be used`, error);
  }
}

/** Writes the settings in one step, readable by their owner only. */
export async function writePortalSettings(
  stateDirectory: string,
  settings: PortalSettings,
): Promise<void> {
  await writePrivateFile(
    portalPaths(stateDirectory).settings,
    `${JSON.stringify(settings, undefined, 2)}\n`,
  );
}

/** Replaces a file in one step; only its owner can read it. */
export async function writePrivateFile(
  path: string,
  text: string,
): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const next = `${path}.${process.pid}.next`;
  await writeFile(next, text, { mode: 0o600 });
  await rename(next, path);
}
