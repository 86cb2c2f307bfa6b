/** How a time comes out of the database: PostgreSQL gives dates, SQLite the number or text that it keeps. */
export type TimeColumn = Date | number | string;

/** Reads a time. */
export function toDate(value: TimeColumn): Date {
  return value instanceof Date ? value : new Date(value);
}

/** Reads a column that may be empty. */
export function optional<Column, Value>(
  value: Column | null,
  convert: (value: Column) => Value,
): Value | undefined {
  return value === null ? undefined : convert(value);
}

/** Writes a value that may be absent. */
export function nullable<Value>(value: Value | undefined): Value | null {
  return value ?? null;
}

/** Reads a text that may be empty. */
export function optionalText(value: string | null): string | undefined {
  return value ?? undefined;
}
