import type { Knex } from 'knex';
import { createTestDatabase, databases } from '../__testUtils__/testDatabase';
import { DatabaseInstallationRepository } from './DatabaseInstallationRepository';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'DatabaseInstallationRepository on %s',
  databaseId => {
    let knex: Knex;

    beforeEach(async () => {
      ({ knex } = await createTestDatabase(databaseId));
    });

    function repository(secretKeyFingerprint = 'f-1') {
      return DatabaseInstallationRepository.create({
        knex,
        secretKeyFingerprint,
      });
    }

    it('is made once, also by several that start at once', async () => {
      const installations = await Promise.all(
        Array.from({ length: 5 }, () => repository().get()),
      );
      expect(new Set(installations.map(({ id }) => id)).size).toBe(1);
      expect(installations[0]).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        secretKeyFingerprint: 'f-1',
        clusterUid: undefined,
      });
    });

    it('refuses another key', async () => {
      await repository('f-1').get();
      await expect(repository('f-2').get()).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(
          "has the fingerprint 'f-2', expected 'f-1'",
        ),
      });
    });

    it('belongs to the first cluster that it meets', async () => {
      const { id } = await repository().get();
      expect(await repository().bindCluster('uid-1')).toEqual({
        id,
        secretKeyFingerprint: 'f-1',
        clusterUid: 'uid-1',
      });
      await repository().bindCluster('uid-1');
      await expect(repository().bindCluster('uid-2')).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(
          "the cluster is 'uid-2', expected 'uid-1'",
        ),
      });
    });
  },
);
