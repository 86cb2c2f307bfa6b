import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasCode } from './hasCode';

/** Replaces a file as a whole; one that has this text already is left alone. */
export function writeAtomically(
  file: string,
  text: string,
  mode = 0o644,
): void {
  try {
    if (readFileSync(file, 'utf8') === text) {
      return;
    }
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) {
      throw error;
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.next`, text, { mode });
  renameSync(`${file}.next`, file);
}
