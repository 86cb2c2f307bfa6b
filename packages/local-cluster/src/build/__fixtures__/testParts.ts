import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProgramPart } from '../ProgramPart';

/** Three parts of one program each, the second with a link beside it. */
export const testParts = ['first', 'second', 'third'].map(
  (name): ProgramPart => ({
    id: name,
    title: `the ${name}`,
    version: '1',
    estimatedSeconds: 10,
    build: { module: name, packages: [`example.com/${name}`] },
    programs: {
      folder: 'bin',
      links: name === 'second' ? { 'bin/link': 'second' } : {},
    },
  }),
);

/** Writes the sources of {@link testParts}. */
export function writeTestSources(goFolder: string): void {
  for (const { id } of testParts) {
    mkdirSync(join(goFolder, id), { recursive: true });
    for (const file of ['go.mod', 'go.sum', 'main.go', 'main_test.go']) {
      writeFileSync(join(goFolder, id, file), `${file} of ${id}`);
    }
  }
}
