import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePorts, isPortFree, portsOfOthers } from './choosePorts';
import { writeInstanceRecord } from './InstanceRecord';

describe('choosePorts', () => {
  it('takes 8080 and 6443 where they are free', async () => {
    await expect(
      choosePorts({ taken: new Set(), isFree: async () => true }),
    ).resolves.toEqual({ ingress: 8080, api: 6443 });
  });

  it('takes the next ones that nobody listens on and no other instance has chosen', async () => {
    await expect(
      choosePorts({
        taken: new Set([8081, 6443]),
        isFree: async port => port !== 8080,
      }),
    ).resolves.toEqual({ ingress: 8082, api: 6444 });
  });

  it('says where it looked when none is free', async () => {
    await expect(
      choosePorts({ taken: new Set(), isFree: async () => false }),
    ).rejects.toThrow('no port from 8080 to 8279 is free');
  });
});

describe('isPortFree', () => {
  it('tells a port that somebody listens on from one that nobody has', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(isPortFree(port)).resolves.toBe(false);
    server.close();
    await once(server, 'close');
    await expect(isPortFree(port)).resolves.toBe(true);
  });
});

describe('portsOfOthers', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'storeyard-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const record = (instance: string, ingress: number, api: number) =>
    writeInstanceRecord(join(root, instance, 'instance.json'), {
      instance,
      provider: 'native',
      ports: { ingress, api },
      createdAt: '2026-01-01T00:00:00.000Z',
    });

  it('is empty where no instance was ever made', () => {
    expect(portsOfOthers(join(root, 'missing', 'a'))).toEqual(new Set());
  });

  it("knows the other instances' ports, stopped ones too, but not the own", () => {
    record('a', 8080, 6443);
    record('b', 8081, 6444);
    expect(portsOfOthers(join(root, 'a'))).toEqual(new Set([8081, 6444]));
  });
});
