import { PlannedPart } from '../progress';

/** What `go build` is asked for. */
export interface GoBuild {
  /** Folder below `go/`: one Go module. */
  module: string;
  /** Import paths; each makes a program named after its last element. */
  packages: string[];
  tags?: string[];
  /** Link-time variables, `package.variable` to value. */
  variables?: Record<string, string>;
  /** Needs a C compiler. */
  cgo?: boolean;
}

/** An image of one program, with its certificates where it needs them. */
export interface ProgramImage {
  /** `storeyard.local/<name>:<tag>` */
  reference: string;
  /** The program's name in the root folder. */
  program: string;
  entrypoint: string[];
  /** `uid:gid`; absent: root. */
  user?: string;
  /** The root certificates of this machine are put in. */
  certificates?: boolean;
}

/** One thing that the local cluster is made of: programs, or the image of one. */
export interface ProgramPart extends PlannedPart {
  version: string;
  build: GoBuild;
  /**
   * What this part alone is made from, below the module's folder, beside its go.mod and go.sum. Absent: the
   * whole folder.
   */
  sources?: string[];
  /** Programs go here, below the cluster's folder; names of other files point to them. */
  programs?: { folder: string; links?: Record<string, string> };
  /** The program goes into this image instead. */
  image?: ProgramImage;
}

/** Paths of all that a part makes, below the cluster's folder. */
export function outputsOf(part: ProgramPart): string[] {
  if (part.image) {
    return [`images/${part.id}.tar`];
  }
  const folder = part.programs?.folder ?? 'bin';
  return part.build.packages
    .map(path => `${folder}/${programName(path)}`)
    .concat(Object.keys(part.programs?.links ?? {}));
}

/** The name of the program that `go build` makes of an import path. */
export function programName(path: string): string {
  const elements = path.split('/');
  const last = elements.pop() ?? path;
  // A last element like `v2` is the module's major version.
  return /^v\d+$/.test(last) ? elements.pop() ?? last : last;
}
