import { createHash } from 'node:crypto';

/** The time that rows of the template bear. */
const TEMPLATE_TIME = '2026-01-01 00:00:00+00';

const TIME = /'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?:\+00)?'/g;

/** A ULID, which Medusa's ids end with. `_` counts as a word character, so `\b` would miss `refr_01…`. */
const ULID = /(?<![0-9A-Za-z])01[0-9A-HJKMNP-TV-Z]{24}(?![0-9A-Za-z])/g;

const BASE_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * `pg_dump --inserts` without what differs from one migration to the next: comments and psql's own commands are left out,
 * times are one fixed time, generated ids are numbered anew and the rows of a table are sorted. It has no empty line, so
 * that it is one transaction in single-user mode.
 */
export function normaliseDump(dump: string): string {
  const lines: string[] = [];
  let rows: string[] = [];
  const withoutIds = (line: string) => line.replace(ULID, 'ID');
  const flush = () => {
    lines.push(
      ...rows.sort(
        (a, b) => compare(withoutIds(a), withoutIds(b)) || compare(a, b),
      ),
    );
    rows = [];
  };
  for (const line of dump.split('\n')) {
    if (line === '' || line.startsWith('--') || line.startsWith('\\')) {
      continue;
    }
    const fixed = line.replace(TIME, `'${TEMPLATE_TIME}'`);
    if (fixed.startsWith('INSERT INTO ') && fixed.endsWith(';')) {
      rows.push(fixed);
    } else {
      flush();
      lines.push(fixed);
    }
  }
  flush();

  const ids = new Map<string, string>();
  const text = lines.join('\n').replace(ULID, id => {
    const known = ids.get(id) ?? templateId(ids.size);
    ids.set(id, known);
    return known;
  });
  return `${text}\n`;
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function templateId(number: number): string {
  const digest = createHash('sha256').update(`template${number}`).digest();
  const random = [...digest.subarray(0, 16)].map(byte => BASE_32[byte & 31]);
  return `01K0000000${random.join('')}`;
}
