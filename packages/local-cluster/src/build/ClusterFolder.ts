import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What a part leaves behind when it is finished. */
export interface PartStamp {
  id: string;
  version: string;
  /** Of all that it was made from. */
  digest: string;
  /** Paths below the folder. */
  outputs: string[];
  /** What making it took. */
  seconds: number;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The folder with what one version of the parts makes: `bin/`, `images/`, and a stamp a finished part. */
export class ClusterFolder {
  static create(options: { path: string }): ClusterFolder {
    return new ClusterFolder(options.path);
  }

  private constructor(readonly path: string) {}

  get bin(): string {
    return join(this.path, 'bin');
  }

  get images(): string {
    return join(this.path, 'images');
  }

  /** The stamp of a part made from exactly this, whose outputs are all there. */
  stamp(id: string, digest: string): PartStamp | undefined {
    const file = this.#stampFile(id);
    if (!existsSync(file)) {
      return undefined;
    }
    const stamp: PartStamp = JSON.parse(readFileSync(file, 'utf8'));
    const isWhole =
      stamp.digest === digest &&
      stamp.outputs.every(output => isThere(join(this.path, output)));
    return isWhole ? stamp : undefined;
  }

  /** Moves what a part made into place, then stamps it. The outputs lie below `from` by the same paths. */
  accept(stamp: PartStamp, from: string): void {
    for (const output of stamp.outputs) {
      const target = join(this.path, output);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(join(from, output), target);
    }
    this.#write(stamp);
  }

  /**
   * Takes over a part that another folder beside this one has, by hard links.
   *
   * @returns whether there was one
   */
  adopt(id: string, digest: string): boolean {
    for (const folder of this.#others()) {
      const stamp = folder.stamp(id, digest);
      if (stamp) {
        stamp.outputs.forEach(output => this.#link(folder, output));
        this.#write(stamp);
        return true;
      }
    }
    return false;
  }

  #others(): ClusterFolder[] {
    const parent = dirname(this.path);
    if (!existsSync(parent)) {
      return [];
    }
    return readdirSync(parent)
      .map(name => join(parent, name))
      .filter(path => path !== this.path)
      .map(path => ClusterFolder.create({ path }));
  }

  #link(folder: ClusterFolder, output: string): void {
    const source = join(folder.path, output);
    const target = join(this.path, output);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true });
    if (lstatSync(source).isSymbolicLink()) {
      symlinkSync(readlinkSync(source), target);
    } else {
      linkSync(source, target);
    }
  }

  #stampFile(id: string): string {
    return join(this.path, 'stamps', `${id}.json`);
  }

  #write(stamp: PartStamp): void {
    const file = this.#stampFile(stamp.id);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.next`, JSON.stringify(stamp, undefined, 2));
    renameSync(`${file}.next`, file);
  }
}
