/** What the checks before a start look at. Bytes unless said otherwise. */
export interface MachineFacts {
  platform: string;
  architecture: string;
  isRoot: boolean;
  /** Programs of {@link neededPrograms} that are not in PATH. */
  missingPrograms: string[];
  /** Debian packages can be installed: apt-get is there. */
  canInstall: boolean;
  availableMemory: number;
  /** The instance runs already: it has its memory and its ports. */
  isRunning: boolean;
  state: DiskFacts;
  cgroup: {
    version: 'v1' | 'v2';
    controllers: string[];
    writable: boolean;
    systemd: boolean;
    /** v2: the root that we see is a container's, and holds processes, so that it can't hand controllers down. */
    isOccupied: boolean;
  };
  /** Ports of the instance on the host's loopback that somebody else listens on. */
  takenPorts: number[];
  /** Parts of the network and of file systems that the kernel refused when they were tried. */
  refusedFeatures: string[];
}

/** The file system that an instance's state is, or will be, on. */
export interface DiskFacts {
  directory: string;
  free: number;
  /** Containers' layers can be stacked on it. */
  isStackable: boolean;
}
