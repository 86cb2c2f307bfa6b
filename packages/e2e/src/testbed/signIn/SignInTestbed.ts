import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Testbed } from '../Testbed';
import { IdentityProvider } from './IdentityProvider';
import { peopleEntities } from './people';

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Writes the portal's configuration, and the people that it names, into a folder. */
export async function writePortalConfig(options: {
  directory: string;
  identityProvider: IdentityProvider;
}): Promise<string> {
  const { directory, identityProvider } = options;
  const people = join(directory, 'people.yaml');
  await writeFile(
    people,
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
            target: people,
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

/** A testbed whose portal people sign in to at a provider of its own. */
export class SignInTestbed {
  static async start(): Promise<SignInTestbed> {
    const port = await freePort();
    const directory = await mkdtemp(join(tmpdir(), 'storeyard-sign-in-'));
    const identityProvider = await IdentityProvider.start({
      portalUrl: `http://localhost:${port}`,
    });
    try {
      const configFile = await writePortalConfig({
        directory,
        identityProvider,
      });
      const testbed = await Testbed.start({ port, configFiles: [configFile] });
      return new SignInTestbed(testbed, identityProvider, directory);
    } catch (error) {
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
