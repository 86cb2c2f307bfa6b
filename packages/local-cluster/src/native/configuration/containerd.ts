import { sockets } from '../network';

/** containerd's configuration file. */
export function containerdConfiguration(options: {
  root: string;
  programs: string;
  networkConfiguration: string;
  pauseImage: string;
  /** Root without CAP_SYS_RESOURCE can't lower a process' OOM score, and every sandbox would die. */
  restrictOomScore: boolean;
}): string {
  return `version = 3
root = "${options.root}"
state = "${sockets.containerdState}"
disabled_plugins = ["io.containerd.nri.v1.nri"]
[grpc]
  address = "${sockets.containerd}"
[plugins.'io.containerd.cri.v1.images']
  snapshotter = "overlayfs"
  discard_unpacked_layers = true
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = "${options.pauseImage}"
[plugins.'io.containerd.cri.v1.runtime']
  netns_mounts_under_state_dir = true
  restrict_oom_score_adj = ${options.restrictOomScore}
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ["${options.programs}/cni"]
  conf_dir = "${options.networkConfiguration}"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  SystemdCgroup = false
`;
}
