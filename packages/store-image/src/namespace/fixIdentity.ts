import { crc32c } from './crc32c';

/** `pg_control` of PostgreSQL 13 to 16 has this version; offsets are those of its C structs on 64-bit machines. */
const CONTROL_VERSION = 1300;
const CONTROL = {
  systemIdentifier: 0,
  version: 8,
  time: 24,
  checkpointTime: 104,
  nonceSize: 32,
};
/** Long page header, then the record: header, two bytes for the data's length, and a checkpoint. */
const WAL = {
  systemIdentifier: 24,
  record: 40,
  header: 24,
  crc: 20,
  checkpoint: 26,
  checkpointTime: 64,
};

/** What a data directory of the template is known by. Arbitrary; every shop's cluster has the same. */
const SYSTEM_IDENTIFIER = 7_600_000_000_000_000_000n;
/** 2026-01-01T00:00:00Z in seconds. */
const TIME = 1_767_225_600n;

/**
 * Replaces what `initdb` and a checkpoint draw by chance in `global/pg_control`: system identifier, times and the nonce by
 * which logins of unknown users are answered.
 *
 * @returns a changed copy
 * @throws when the file isn't one of the known version or is damaged
 */
export function fixControlFile(content: Uint8Array): Buffer {
  const file = Buffer.from(content);
  const version = file.readUInt32LE(CONTROL.version);
  if (version !== CONTROL_VERSION) {
    throw new Error(
      `pg_control is of version '${version}', expected '${CONTROL_VERSION}'`,
    );
  }
  const crcAt = findCrc(file);
  file.writeBigUInt64LE(SYSTEM_IDENTIFIER, CONTROL.systemIdentifier);
  file.writeBigInt64LE(TIME, CONTROL.time);
  file.writeBigInt64LE(TIME, CONTROL.checkpointTime);
  file.fill(0x5a, crcAt - CONTROL.nonceSize, crcAt);
  file.writeUInt32LE(crc32c(file.subarray(0, crcAt)), crcAt);
  return file;
}

/** The checksum is where it is right for all that lies before: that finds it and proves the file sound. */
function findCrc(file: Buffer): number {
  for (let at = 200; at < 400; at += 4) {
    if (file.readUInt32LE(at) === crc32c(file.subarray(0, at))) {
      return at;
    }
  }
  throw new Error('pg_control has no valid checksum');
}

/**
 * The same for the write-ahead log as `pg_resetwal` leaves it: one segment with one checkpoint record.
 *
 * @returns a changed copy
 * @throws when the record is damaged
 */
export function fixWalSegment(content: Uint8Array): Buffer {
  const file = Buffer.from(content);
  const length = file.readUInt32LE(WAL.record);
  const record = file.subarray(WAL.record, WAL.record + length);
  const checksum = () =>
    crc32c(record.subarray(WAL.header), record.subarray(0, WAL.crc));
  if (record.readUInt32LE(WAL.crc) !== checksum()) {
    throw new Error("The write-ahead log's first record is damaged");
  }
  file.writeBigUInt64LE(SYSTEM_IDENTIFIER, WAL.systemIdentifier);
  record.writeBigInt64LE(TIME, WAL.checkpoint + WAL.checkpointTime);
  record.writeUInt32LE(checksum(), WAL.crc);
  return file;
}
