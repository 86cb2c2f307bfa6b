const sameDay = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
});
const sameYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
});
const otherYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** A moment as short as it stays clear: `14:30` today, `3 Nov` this year, `3 Nov 2025` before. */
export function formatDate(time: string, now: number): string {
  const date = new Date(time);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) {
    return sameDay.format(date);
  }
  return date.getFullYear() === today.getFullYear()
    ? sameYear.format(date)
    : otherYear.format(date);
}

const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** A moment in full: `3 Nov 2026, 14:30:05`. */
export function formatMoment(time: string): string {
  return moment.format(new Date(time));
}
