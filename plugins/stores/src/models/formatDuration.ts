const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in the unit that a person would choose: `12 s`, `3 min`, `5 h`, `2 d`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < minute) {
    return `${whole} s`;
  }
  if (whole < hour) {
    return `${Math.floor(whole / minute)} min`;
  }
  if (whole < 2 * day) {
    return `${Math.floor(whole / hour)} h`;
  }
  return `${Math.floor(whole / day)} d`;
}

/** How long ago an ISO time was. */
export function formatAge(time: string, now: number): string {
  return formatDuration((now - Date.parse(time)) / 1000);
}

/** A duration that was measured, with a digit where it is short: `8.3 s`, `2 min 5 s`. */
export function formatMeasured(seconds: number): string {
  if (seconds < 10) {
    return `${Math.max(0, Math.round(seconds * 10) / 10)} s`;
  }
  if (seconds < 10 * minute && seconds >= minute) {
    const whole = Math.round(seconds);
    const rest = whole % minute;
    return `${Math.floor(whole / minute)} min${rest ? ` ${rest} s` : ''}`;
  }
  return formatDuration(seconds);
}
