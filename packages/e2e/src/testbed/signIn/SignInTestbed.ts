import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@storeyard/local-cluster';
import { stringify } from 'yaml';
import { PortalApi } from '../PortalApi';
import { signInAsGuest } from '../signInAsGuest';
import { Testbed } from '../Testbed';
import { waitFor } from '../waitFor';
import { IdentityProvider } from './IdentityProvider';
import { people, peopleEntities } from './people';

/** Writes the portal's configuration, and the people that it names, into a folder. */
export async function writePortalConfig(options: {
  directory: string;
  identityProvider: IdentityProvider;
}): Promise<string> {
  const { directory, identityProvider } = options;
  const target = join(directory, 'people.yaml');
  await writeFile(
    target,
    peopleEntities()
      .map(entity => stringify(entity))
      .join('---\n'),
  );
  const configFile = join(directory, 'sign-in.yaml');
  await writeFile(
    configFile,
    stringify({
      auth: {
        providers: { oidc: { development: identityProvider.config } },
      },
      catalog: {
        locations: [
          {
            type: 'file',
            target,
            rules: [{ allow: ['User', 'Group'] }],
          },
          {
            type: 'file',
            // From packages/backend, where the portal is started.
            target: '../../templates/medusa-store/template.yaml',
            rules: [{ allow: ['Template'] }],
          },
        ],
      },
    }),
  );
  return configFile;
}

/** Whoever is not in the catalog yet can't sign in, and what is not there can't be ordered. */
async function waitForCatalog(testbed: Testbed): Promise<void> {
  const { baseUrl } = testbed.portal;
  const api = PortalApi.create({
    baseUrl,
    token: await signInAsGuest(testbed),
  });
  await waitFor(
    { what: 'people and template are in the catalog' },
    async () =>
      (await api.entities('kind=user')).length === people.length &&
      (await api.entities('kind=template')).length === 1,
  );
}

/** A testbed whose portal people sign in to at a provider of its own. */
export class SignInTestbed {
  static async start(): Promise<SignInTestbed> {
    const port = await freePort();
    const directory = await mkdtemp(join(tmpdir(), 'storeyard-sign-in-'));
    const identityProvider = await IdentityProvider.start({
      portalUrl: `http://localhost:${port}`,
    });
    let testbed: Testbed | undefined;
    try {
      const configFile = await writePortalConfig({
        directory,
        identityProvider,
      });
      testbed = await Testbed.start({ port, configFiles: [configFile] });
      await waitForCatalog(testbed);
      return new SignInTestbed(testbed, identityProvider, directory);
    } catch (error) {
      await testbed?.stop();
      await identityProvider.stop();
      await rm(directory, { recursive: true });
      throw error;
    }
  }

  private constructor(
    readonly testbed: Testbed,
    private readonly identityProvider: IdentityProvider,
    private readonly directory: string,
  ) {}

  async stop(): Promise<void> {
    try {
      await this.testbed.stop();
    } finally {
      await this.identityProvider.stop();
      await rm(this.directory, { recursive: true });
    }
  }
}
