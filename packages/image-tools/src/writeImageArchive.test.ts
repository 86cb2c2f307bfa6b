import { createHash } from 'node:crypto';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { writeImageArchive } from './writeImageArchive';

const reference = 'storeyard.local/example:1';

describe('writeImageArchive', () => {
  let base: string;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'image-archive-'));
  });

  afterEach(async () => {
    await rm(base, { recursive: true, force: true });
  });

  async function createLayer(name: string, content = 'content') {
    const directory = join(base, name);
    await mkdir(join(directory, 'folder'), { recursive: true });
    await writeFile(join(directory, 'folder/file'), content);
    await writeFile(join(directory, 'another'), 'another');
    await symlink('./folder/file', join(directory, 'link'));
    return directory;
  }

  async function write(
    name: string,
    layers: { directory: string; prefix?: string }[],
  ) {
    const output = join(base, name);
    const image = await writeImageArchive({
      output,
      reference,
      config: { User: '1000:1000', Entrypoint: ['program'] },
      layers,
    });
    return { ...image, output };
  }

  async function open(archive: string) {
    const directory = await mkdtemp(join(base, 'opened-'));
    await execa('tar', ['-xf', archive, '-C', directory]);
    const json = async (path: string) =>
      JSON.parse(await readFile(join(directory, path), 'utf8'));
    const blob = (digest: string) =>
      `blobs/sha256/${digest.slice('sha256:'.length)}`;
    const index = await json('index.json');
    const manifest = await json(blob(index.manifests[0].digest));
    const config = await json(blob(manifest.config.digest));
    return {
      directory,
      index,
      manifest,
      config,
      docker: await json('manifest.json'),
      layerFile: (number: number) =>
        join(directory, blob(manifest.layers[number].digest)),
    };
  }

  it('gives the same bytes for the same content, whenever and wherever it lies', async () => {
    const one = await createLayer('one');
    const two = await createLayer('two');
    await utimes(join(two, 'another'), 1, 1);
    const first = await write('first.tar', [{ directory: one }]);
    const second = await write('second.tar', [{ directory: two }]);

    expect(second.digest).toBe(first.digest);
    expect(await readFile(second.output)).toEqual(await readFile(first.output));
  });

  it('gives another digest for another byte', async () => {
    const one = await createLayer('one');
    const two = await createLayer('two', 'Content');

    expect((await write('1.tar', [{ directory: one }])).digest).not.toBe(
      (await write('2.tar', [{ directory: two }])).digest,
    );
  });

  it('is an OCI layout and a Docker archive of the same blobs', async () => {
    const layer = await createLayer('one');
    const image = await write('image.tar', [{ directory: layer }]);
    const opened = await open(image.output);

    expect(opened.index.manifests[0]).toMatchObject({
      digest: image.digest,
      annotations: {
        'io.containerd.image.name': reference,
        'org.opencontainers.image.ref.name': '1',
      },
    });
    expect(opened.config).toMatchObject({
      os: 'linux',
      architecture: 'amd64',
      config: { User: '1000:1000', Entrypoint: ['program'] },
    });
    expect(opened.docker).toEqual([
      {
        Config: `blobs/sha256/${opened.manifest.config.digest.slice(7)}`,
        RepoTags: [reference],
        Layers: [`blobs/sha256/${opened.manifest.layers[0].digest.slice(7)}`],
      },
    ]);
    const names = await readdir(join(opened.directory, 'blobs/sha256'));
    expect(names).toHaveLength(3);
    for (const name of names) {
      const content = await readFile(
        join(opened.directory, 'blobs/sha256', name),
      );
      expect(createHash('sha256').update(content).digest('hex')).toBe(name);
    }
    const { stdout: unpacked } = await execa(
      'gzip',
      ['-dc', opened.layerFile(0)],
      { encoding: 'buffer' },
    );
    expect(opened.config.rootfs.diff_ids).toEqual([
      `sha256:${createHash('sha256').update(unpacked).digest('hex')}`,
    ]);
  });

  it('puts a layer below its prefix and leaves link targets alone', async () => {
    const layer = await createLayer('one');
    const image = await write('image.tar', [
      { directory: layer, prefix: 'opt/app' },
    ]);
    const opened = await open(image.output);
    const { stdout } = await execa('tar', ['-tvzf', opened.layerFile(0)]);

    expect(
      stdout.split('\n').map(line => line.split(/\s+/).slice(5).join(' ')),
    ).toEqual([
      'opt/app/',
      'opt/app/another',
      'opt/app/folder/',
      'opt/app/folder/file',
      'opt/app/link -> ./folder/file',
    ]);
  });

  it.each(['/app', '../app', 'app/../..', 'app/', '', 'a,b', './app'])(
    'refuses the prefix %p',
    async prefix => {
      const layer = await createLayer('one');

      await expect(
        write('image.tar', [{ directory: layer, prefix }]),
      ).rejects.toThrow(`Layer prefix '${prefix}'`);
    },
  );

  it('refuses to write the archive into its own layer', async () => {
    const layer = await createLayer('one');

    await expect(
      write('one/image.tar', [{ directory: layer }]),
    ).rejects.toThrow('into its own layer');
  });

  it('refuses a reference without a tag', async () => {
    await expect(
      writeImageArchive({
        output: join(base, 'image.tar'),
        reference: 'storeyard.local/example',
        config: {},
        layers: [],
      }),
    ).rejects.toThrow(`Image reference 'storeyard.local/example'`);
  });

  it('leaves the old archive and nothing half-made when it fails', async () => {
    const layer = await createLayer('one');
    await writeFile(join(base, 'image.tar'), 'old');

    await expect(
      write('image.tar', [
        { directory: layer },
        { directory: join(base, 'nothing') },
      ]),
    ).rejects.toThrow("nothing' can't be read");
    await expect(
      writeImageArchive({
        output: join(base, 'image.tar'),
        reference,
        config: {},
        layers: [{ directory: layer }],
        signal: AbortSignal.abort(),
      }),
    ).rejects.toThrow();
    expect((await readdir(base)).sort()).toEqual(['image.tar', 'one']);
    expect(await readFile(join(base, 'image.tar'), 'utf8')).toBe('old');
  });
});
