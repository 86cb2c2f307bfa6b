import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

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
    if (
      !(error instanceof Error && 'code' in error && error.code === 'ENOENT')
    ) {
      throw error;
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.next`, text, { mode });
  renameSync(`${file}.next`, file);
}
