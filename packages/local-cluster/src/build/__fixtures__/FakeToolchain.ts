import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * `go` as far as a build sees it. Each program has three packages. `hang` and `fail` in the control folder name
 * the program in whose second package it hangs or fails.
 */
const fakeGo = `#!/bin/sh
control=\${0%/*}
case $1 in
version) echo 'go version go1.26.8 linux/amd64'; exit ;;
list) exit ;;
build) ;;
*) echo "unexpected: $*" >&2; exit 1 ;;
esac
for argument; do
  [ "$previous" = -o ] && output=$argument
  previous=$argument
done
name=\${previous##*/}
if [ "$2" = -n ]; then
  for number in 1 2 3; do echo "mkdir -p \\$WORK/b00$number/" >&2; done
  exit
fi
echo "$name" >> "$control/built"
echo "$name/one" >&2
if [ "$(cat "$control/hang" 2>/dev/null)" = "$name" ]; then
  sleep 600 &
  echo $! > "$control/child"
  echo $$ > "$control/pid"
  wait
fi
if [ "$(cat "$control/fail" 2>/dev/null)" = "$name" ]; then
  echo 'undefined: nothing' >&2
  exit 2
fi
echo "$name/two" >&2
echo "$name/three" >&2
echo "program $name" > "$output"
`;

const succeeds = '#!/bin/sh\nexit 0\n';
const fails = '#!/bin/sh\nexit 1\n';

/** A `PATH` whose Go and compilers are scripts. */
export class FakeToolchain {
  static create(): FakeToolchain {
    return new FakeToolchain(mkdtempSync(join(tmpdir(), 'fake-toolchain-')));
  }

  private constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#write('go', fakeGo);
    for (const name of ['gcc', 'pkg-config', 'python3']) {
      this.#write(name, succeeds);
    }
  }

  /** This machine's `PATH` with the scripts before it. */
  get path(): string {
    return [this.folder, process.env.PATH].join(delimiter);
  }

  /** A program of the toolchain that is there only to fail. */
  breakProgram(name: 'gcc' | 'apt-get'): void {
    this.#write(name, fails);
  }

  hangIn(program: string | undefined): void {
    this.#control('hang', program);
  }

  failIn(program: string | undefined): void {
    this.#control('fail', program);
  }

  /** The programs that were built, as often as they were. */
  built(): string[] {
    return this.#lines('built');
  }

  /** Process ids of a `go` that hangs and of what it started. */
  hanging(): number[] {
    return [...this.#lines('pid'), ...this.#lines('child')].map(Number);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #control(name: string, content: string | undefined): void {
    const file = join(this.folder, name);
    if (content === undefined) {
      rmSync(file, { force: true });
    } else {
      writeFileSync(file, content);
    }
  }

  #lines(name: string): string[] {
    const file = join(this.folder, name);
    return existsSync(file)
      ? readFileSync(file, 'utf8').split('\n').filter(Boolean)
      : [];
  }

  #write(name: string, content: string): void {
    writeFileSync(join(this.folder, name), content);
    chmodSync(join(this.folder, name), 0o755);
  }
}
