import { crc32c } from './crc32c';
import { fixControlFile, fixWalSegment } from './fixIdentity';

const CRC_AT = 288;

function createControlFile(seed: number): Buffer {
  const file = Buffer.alloc(8192);
  file.fill(7, 12, CRC_AT);
  file.writeUInt32LE(1300, 8);
  file.writeBigUInt64LE(BigInt(seed), 0);
  file.writeBigInt64LE(BigInt(seed), 24);
  file.writeBigInt64LE(BigInt(seed), 104);
  file.fill(seed, CRC_AT - 32, CRC_AT);
  file.writeUInt32LE(crc32c(file.subarray(0, CRC_AT)), CRC_AT);
  return file;
}

function createWalSegment(seed: number): Buffer {
  const file = Buffer.alloc(8192);
  file.writeBigUInt64LE(BigInt(seed), 24);
  const record = file.subarray(40, 40 + 114);
  record.writeUInt32LE(114, 0);
  record.writeBigInt64LE(BigInt(seed), 26 + 64);
  record.writeUInt32LE(crc32c(record.subarray(24), record.subarray(0, 20)), 20);
  return file;
}

describe('crc32c', () => {
  it('is the Castagnoli checksum', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.from('1234'), Buffer.from('56789'))).toBe(0xe3069283);
  });
});

describe('fixControlFile', () => {
  it('leaves nothing that was drawn by chance, and a right checksum', () => {
    const [first, second] = [1, 2].map(seed =>
      fixControlFile(createControlFile(seed)),
    );

    expect(second).toEqual(first);
    expect(first!.readUInt32LE(CRC_AT)).toBe(
      crc32c(first!.subarray(0, CRC_AT)),
    );
  });

  it('keeps everything else', () => {
    const file = createControlFile(1);
    file.writeUInt32LE(42, 200);
    file.writeUInt32LE(crc32c(file.subarray(0, CRC_AT)), CRC_AT);

    expect(fixControlFile(file).readUInt32LE(200)).toBe(42);
  });

  it('refuses a damaged file and another version', () => {
    const damaged = createControlFile(1);
    damaged[150] = 1;
    const other = createControlFile(1);
    other.writeUInt32LE(1700, 8);

    expect(() => fixControlFile(damaged)).toThrow('no valid checksum');
    expect(() => fixControlFile(other)).toThrow("version '1700'");
  });
});

describe('fixWalSegment', () => {
  it('leaves nothing that was drawn by chance, and a right checksum', () => {
    const [first, second] = [1, 2].map(seed =>
      fixWalSegment(createWalSegment(seed)),
    );

    expect(second).toEqual(first);
    expect(() => fixWalSegment(first!)).not.toThrow();
  });

  it('refuses a damaged record', () => {
    const damaged = createWalSegment(1);
    damaged[100] = 1;

    expect(() => fixWalSegment(damaged)).toThrow('damaged');
  });
});
