import { gzipSync } from 'node:zlib';
import type { KubernetesObject } from '../cluster';
import { judgeRelease } from './judgeRelease';
import { readReleaseRecords } from './readReleaseRecord';

const now = new Date('2026-11-24T12:00:00Z');
const seconds = (minutesAgo: number) =>
  String(now.getTime() / 1000 - minutesAgo * 60);

function secret(
  version: number,
  status: string,
  options: { config?: object | null; minutesAgo?: number; data?: string } = {},
): KubernetesObject {
  const { config = { a: 1 }, minutesAgo = 60 } = options;
  const packed = gzipSync(
    JSON.stringify({ version, ...(config && { config }) }),
  ).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: `sh.helm.release.v1.shop.v${version}`,
      labels: {
        owner: 'helm',
        name: 'shop',
        status,
        version: String(version),
        createdAt: seconds(minutesAgo),
      },
    },
    data: {
      release: options.data ?? Buffer.from(packed).toString('base64'),
    },
  };
}

const other: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'Opaque',
  metadata: {
    name: 'shop-credentials',
    labels: { owner: 'helm', name: 'shop' },
  },
};

describe('judgeRelease', () => {
  const judge = (...secrets: KubernetesObject[]) =>
    judgeRelease({
      records: readReleaseRecords([other, ...secrets], 'shop'),
      values: { a: 1 },
      now,
    });

  it.each([
    ['our own', [secret(1, 'deployed')], { is: 'right' }],
    [
      'the newest, however they are ordered',
      [secret(10, 'deployed'), secret(9, 'superseded', { config: { a: 2 } })],
      { is: 'right' },
    ],
    ['none', [], { is: 'wrong', why: 'it was gone' }],
    [
      'an upgrade by hand',
      [secret(1, 'superseded'), secret(2, 'deployed', { config: { a: 2 } })],
      { is: 'wrong', why: 'revision 2 had other values than ours' },
    ],
    [
      'a release without values',
      [secret(1, 'deployed', { config: null })],
      { is: 'wrong', why: 'revision 1 had other values than ours' },
    ],
    [
      'what can’t be read',
      [secret(1, 'deployed', { data: 'bm9uc2Vuc2U=' })],
      { is: 'wrong', why: 'revision 1 had other values than ours' },
    ],
    [
      'a failure',
      [secret(3, 'failed')],
      { is: 'wrong', why: "revision 3 was 'failed'" },
    ],
    [
      'a Helm at work',
      [secret(2, 'pending-upgrade', { minutesAgo: 9 })],
      { is: 'busy' },
    ],
    [
      'a Helm that was killed',
      [secret(2, 'pending-upgrade', { minutesAgo: 11 })],
      { is: 'wrong', why: "it was left 'pending-upgrade'" },
    ],
    [
      'a killed uninstall',
      [secret(2, 'uninstalling', { minutesAgo: 11 })],
      { is: 'wrong', why: "it was left 'uninstalling'" },
    ],
  ])('knows %s', (_, secrets, expected) => {
    expect(judge(...secrets)).toEqual(expected);
  });

  it('leaves other releases and other Secrets out', () => {
    expect(
      readReleaseRecords([other, secret(1, 'deployed')], 'shop-2'),
    ).toEqual([]);
  });
});
