const hourly = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const daily = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
});

/** When a stretch of so many seconds begins: with the hour where days have several. */
export function formatBucket(at: number, bucketSeconds: number): string {
  return (bucketSeconds < 24 * 3600 ? hourly : daily).format(at);
}
