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

const timeOfYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A moment to the minute: `14:30` today, `3 Nov, 14:30` on other days. */
export function formatTime(time: string, now: number): string {
  const date = new Date(time);
  return (
    date.toDateString() === new Date(now).toDateString() ? sameDay : timeOfYear
  ).format(date);
}

const withSeconds = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;
const timeOfDay = new Intl.DateTimeFormat('en-GB', withSeconds);
const momentOfYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  ...withSeconds,
});
const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
});

/** A moment to the second: `14:30:05` today, `3 Nov, 14:30:05` this year, `3 Nov 2025, 14:30:05` before. */
export function formatMoment(time: string, now: number): string {
  const date = new Date(time);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) {
    return timeOfDay.format(date);
  }
  return date.getFullYear() === today.getFullYear()
    ? momentOfYear.format(date)
    : moment.format(date);
}
