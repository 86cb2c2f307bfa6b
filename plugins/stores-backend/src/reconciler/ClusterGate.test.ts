import { mockServices } from '@backstage/backend-test-utils';
import { ClusterApiError, type ClusterClient } from '../cluster';
import { ClusterGate } from './ClusterGate';

function createGate(get: () => Promise<never>) {
  return ClusterGate.create({
    client: { connection: { epoch: 0 }, get } as unknown as ClusterClient,
    installation: {
      get: async () => {
        throw new Error('not reached');
      },
      bindCluster: async () => {
        throw new Error('not reached');
      },
    },
    logger: mockServices.logger.mock(),
  });
}

describe('ClusterGate', () => {
  it('takes a refusal by the API server for one of the cluster, not of a store', async () => {
    const gate = createGate(async () => {
      throw new ClusterApiError(
        'GET /api/v1/namespaces/kube-system',
        403,
        'Forbidden',
        "clusterrole 'storeyard-store-provisioner' not found",
      );
    });
    await expect(gate.open()).rejects.toMatchObject({
      name: 'ClusterRefusedError',
      reason: 'ClusterUnreachable',
      message: expect.stringContaining('not found'),
    });
    expect(gate.status()).toMatchObject({ reachable: false });
  });

  it("leaves the database's failures what they are", async () => {
    const gate = createGate(async () => {
      throw new Error('the database is away');
    });
    await expect(gate.open()).rejects.toThrow('the database is away');
    await expect(gate.open()).rejects.not.toMatchObject({
      name: 'ClusterRefusedError',
    });
  });
});
