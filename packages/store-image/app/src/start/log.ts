const bootedAt = performance.timeOrigin;

/** One JSON line with the milliseconds since the process began. */
export function log(
  message: string,
  fields: Record<string, string | number | boolean> = {},
): void {
  const elapsedMs = Math.round(
    performance.timeOrigin + performance.now() - bootedAt,
  );
  process.stdout.write(
    `${JSON.stringify({ level: 'info', message, elapsedMs, ...fields })}\n`,
  );
}
