import { ClusterPreparationItem } from '@storeyard/backstage-plugin-stores-common';

/** `8 s`, `4 m 07 s`, `1 h 02 m`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  }
  return `${Math.floor(whole / 3600)} h ${two(
    Math.floor((whole % 3600) / 60),
  )} m`;
}

/** What one line of the terminal says. */
export interface RenderedLine {
  /** The part's place in the list, from 1. */
  position: number;
  parts: number;
  item: ClusterPreparationItem;
  elapsedSeconds?: number;
}

const words: Record<ClusterPreparationItem['status'], string> = {
  waiting: 'waits',
  running: 'started',
  done: 'done',
  kept: 'kept',
  failed: 'FAILED',
};

/** The line of one part: `[ 3/14] Kubernetes 1.36.3: 812 of 2841 packages, 1 m 10 s`. */
export function renderItem(line: RenderedLine): string {
  const { item, parts, elapsedSeconds } = line;
  const width = String(parts).length;
  const head = `[${String(line.position).padStart(width)}/${parts}] ${
    item.title
  }:`;
  const time =
    elapsedSeconds === undefined ? '' : formatDuration(elapsedSeconds);
  if (item.status === 'running' && item.total) {
    const unit = item.unit ? ` ${item.unit}` : '';
    return `${head} ${item.done ?? 0} of ${item.total}${unit}, ${time}`;
  }
  if (item.status === 'running' && time && elapsedSeconds !== 0) {
    return `${head} ${time}`;
  }
  if (item.status === 'done' || item.status === 'failed') {
    const preposition = item.status === 'done' ? 'in' : 'after';
    return `${head} ${words[item.status]} ${preposition} ${time}`;
  }
  return `${head} ${words[item.status]}`;
}

/** The line below the parts: elapsed, rest, and where the log is. */
export function renderSummary(options: {
  finished: number;
  parts: number;
  elapsedSeconds: number;
  remainingSeconds?: number;
  log: string;
}): string {
  const rest =
    options.remainingSeconds === undefined
      ? ''
      : `, about ${formatDuration(options.remainingSeconds)} left`;
  return `${options.finished} of ${options.parts} parts, ${formatDuration(
    options.elapsedSeconds,
  )}${rest}. Interrupting is safe: the next start goes on. Log: ${options.log}`;
}
