import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { useTestApis } from '../__testUtils__/testApi';

jest.setTimeout(60_000);

const start = useTestApis();

describe('GET /api/stores/plans and /cluster', () => {
  it('lists the plans', async () => {
    const { backend } = await start();
    const response = await request(backend.server).get('/api/stores/plans');
    expect(response.body).toEqual({
      items: [
        { name: 'small', description: 'For small shops', default: true },
        { name: 'large', description: 'For large shops', default: false },
      ],
      quota: { owner: 'user:default/mock', used: 0 },
    });
  });

  describe('with a preparation file', () => {
    let directory: string;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'stores-api-'));
    });

    afterEach(async () => {
      await rm(directory, { recursive: true });
    });

    it('shows how far the cluster is, and no progress while the file lacks or is broken', async () => {
      const preparationFile = join(directory, 'progress.json');
      const { backend } = await start({ preparationFile });
      const get = async () =>
        (await request(backend.server).get('/api/stores/cluster')).body;
      const unreachable = { reachable: false, message: 'connection refused' };
      expect(await get()).toEqual(unreachable);
      await writeFile(preparationFile, '{"instance":');
      expect(await get()).toEqual(unreachable);
      const preparation = {
        instance: 'local',
        status: 'running',
        startedAt: '2026-01-02T03:04:05.000Z',
        updatedAt: '2026-01-02T03:05:05.000Z',
        part: 2,
        parts: 5,
        elapsedSeconds: 60,
        log: '/var/log/up.log',
        items: [
          {
            id: 'build',
            title: 'Programs',
            status: 'running',
            done: 3,
            total: 9,
            unit: 'packages',
          },
        ],
      };
      await writeFile(preparationFile, JSON.stringify(preparation));
      expect(await get()).toEqual({ ...unreachable, preparation });
    });
  });
});
