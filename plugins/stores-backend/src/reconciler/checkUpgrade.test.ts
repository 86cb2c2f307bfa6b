import { checkUpgrade, storageSizes } from './checkUpgrade';

describe('checkUpgrade', () => {
  const small = { database: '1Gi', uploads: '1Gi' };
  const large = { database: '5Gi', uploads: '1Gi' };
  const canGrow = async () => undefined;
  const cannot = async () => "the storage class 'x' does not let volumes grow";

  it('has nothing against the same sizes, however they are written, and asks nobody', async () => {
    const asked = jest.fn(cannot);
    expect(
      await checkUpgrade({
        current: small,
        next: { database: '1024Mi', uploads: '1Gi' },
        canGrow: asked,
      }),
    ).toEqual([]);
    expect(asked).not.toHaveBeenCalled();
  });

  it('lets volumes grow where their class does', async () => {
    const sizes = { current: small, next: large };
    expect(await checkUpgrade({ ...sizes, canGrow })).toEqual([]);
    expect(await checkUpgrade({ ...sizes, canGrow: cannot })).toEqual([
      "plan: the volume of the database would grow from '1Gi' to '5Gi', and the storage class 'x' does not let volumes grow",
    ]);
  });

  it('never shrinks one', async () => {
    expect(
      await checkUpgrade({ current: large, next: small, canGrow }),
    ).toEqual([
      "plan: the volume of the database would shrink from '5Gi' to '1Gi', which Kubernetes can't do",
    ]);
  });

  it('says all that can not be at once', async () => {
    expect(
      await checkUpgrade({
        current: { database: '1Gi', uploads: '2Gi' },
        next: { database: '2Gi', uploads: '1Gi' },
        canGrow: cannot,
      }),
    ).toEqual([
      expect.stringContaining("the uploads would shrink from '2Gi' to '1Gi'"),
      expect.stringContaining("the database would grow from '1Gi' to '2Gi'"),
    ]);
  });

  it('takes volumes that there were not for ones that grow', async () => {
    const none = storageSizes({ medusa: {} });
    expect(none).toEqual({ database: '', uploads: '' });
    const asked = jest.fn(canGrow);
    expect(
      await checkUpgrade({ current: none, next: small, canGrow: asked }),
    ).toEqual([]);
    expect(asked).toHaveBeenCalled();
    expect(
      await checkUpgrade({ current: small, next: none, canGrow }),
    ).toHaveLength(2);
  });

  it('reads the sizes where the chart has them', () => {
    expect(
      storageSizes({
        postgres: { storage: '1Gi' },
        medusa: { uploads: '2Gi' },
      }),
    ).toEqual({ database: '1Gi', uploads: '2Gi' });
  });
});
