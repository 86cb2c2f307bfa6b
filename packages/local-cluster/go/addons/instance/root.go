package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// makeRoot gives the instance a root of its own: a read-only, non-recursive view of the host's (copies of other mounts
// would pin them), with its own /proc, /sys, /run, /tmp, /var/lib and /var/log, and the given folders.
func makeRoot(c Configuration) error {
	if err := makePrivate(c.Root); err != nil {
		return fmt.Errorf("making mounts private: %w", err)
	}
	mounts, err := mountPoints()
	if err != nil {
		return err
	}
	at := func(path string) string { return filepath.Join(c.Root, path) }
	tmpfs := func(path, mode string) error { return mount("tmpfs", at(path), "tmpfs", 0, "mode="+mode) }
	steps := []func() error{
		func() error { return bind("/", c.Root, true) },
		func() error { return mount("/dev", at("/dev"), "", unix.MS_BIND|unix.MS_REC, "") },
		func() error { return mount("", at("/dev"), "", unix.MS_PRIVATE|unix.MS_REC, "") },
		func() error { return mount("proc", at("/proc"), "proc", 0, "") },
		func() error { return mount("sysfs", at("/sys"), "sysfs", 0, "") },
		func() error { return mountCgroups(c, at("/sys/fs/cgroup")) },
		func() error { return tmpfs("/run", "755") },
		func() error { return tmpfs("/tmp", "1777") },
		func() error { return os.MkdirAll(at("/run/netns"), 0o755) },
		func() error { return os.MkdirAll(at("/run/lock"), 0o755) },
		func() error { return provideHosts(c.Root) },
		func() error {
			for _, directory := range []string{"/usr", "/var", "/opt"} {
				if mounts[directory] {
					if err := bind(directory, at(directory), true); err != nil {
						return err
					}
				}
			}
			return nil
		},
		func() error { return tmpfs("/var/log", "755") },
		func() error { return tmpfs("/var/lib", "755") },
		func() error { return os.MkdirAll(at("/var/log/pods"), 0o755) },
		func() error { return os.MkdirAll(at("/var/log/containers"), 0o755) },
		func() error { return bindFolders(c, mounts) },
		func() error { return shieldSysctls(c) },
		func() error { return enterRoot(c.Root) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func mount(source, target, kind string, flags uintptr, data string) error {
	if err := unix.Mount(source, target, kind, flags, data); err != nil {
		return fmt.Errorf("mounting %q at %q: %w", source, target, err)
	}
	return nil
}

func bind(source, target string, readOnly bool) error {
	if err := mount(source, target, "", unix.MS_BIND, ""); err != nil || !readOnly {
		return err
	}
	return mount("", target, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, "")
}

func mountPoints() (map[string]bool, error) {
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, err
	}
	points := map[string]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		if fields := strings.Fields(line); len(fields) > 4 {
			points[strings.ReplaceAll(fields[4], `\040`, " ")] = true
		}
	}
	return points, nil
}

func mountCgroups(c Configuration, target string) error {
	if c.Unified {
		return mount("cgroup2", target, "cgroup2", 0, "")
	}
	if err := mount("tmpfs", target, "tmpfs", 0, "mode=755"); err != nil {
		return err
	}
	text, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return err
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		controllers := strings.SplitN(line, ":", 3)[1]
		directory, kind, data := strings.TrimPrefix(controllers, "name="), "cgroup", controllers
		switch {
		case controllers == "":
			directory, kind, data = "unified", "cgroup2", ""
		case directory != controllers:
			data = "none," + controllers
		}
		if err := os.Mkdir(filepath.Join(target, directory), 0o755); err != nil {
			return err
		}
		if err := mount(kind, filepath.Join(target, directory), kind, 0, data); err != nil {
			return err
		}
	}
	return nil
}

// provideHosts gives the instance the hosts file that containerd reads for every pod; a bare root file system has none.
func provideHosts(root string) error {
	if _, err := os.Stat("/etc/hosts"); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	etc := filepath.Join(root, "etc")
	upper, work := filepath.Join(root, "run/etc"), filepath.Join(root, "run/etc.work")
	if err := errors.Join(os.Mkdir(upper, 0o755), os.Mkdir(work, 0o755)); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(upper, "hosts"), []byte("127.0.0.1 localhost\n"), 0o644); err != nil {
		return err
	}
	return mount("overlay", etc, "overlay", 0, fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", etc, upper, work))
}

func bindFolders(c Configuration, mounts map[string]bool) error {
	for inside, source := range c.Private {
		if err := os.MkdirAll(source, 0o755); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(c.Root, inside), 0o755); err != nil {
			return err
		}
		if err := bind(source, filepath.Join(c.Root, inside), false); err != nil {
			return err
		}
	}
	for _, b := range c.Binds {
		target := filepath.Join(c.Root, b.Path)
		if os.MkdirAll(target, 0o755) != nil {
			// The folder lies on another file system than /, e.g. /home: a tmpfs stands in for that mount point.
			point := b.Path
			for point != "/" && !mounts[point] {
				point = filepath.Dir(point)
			}
			if err := mount("tmpfs", filepath.Join(c.Root, point), "tmpfs", 0, "mode=755"); err != nil {
				return err
			}
			if err := os.MkdirAll(target, 0o755); err != nil {
				return err
			}
		}
		if err := bind(b.Path, target, b.ReadOnly); err != nil {
			return err
		}
	}
	return nil
}

func shieldSysctls(c Configuration) error {
	if err := os.MkdirAll(c.Shield, 0o755); err != nil {
		return err
	}
	for _, key := range c.Shielded {
		value, err := os.ReadFile(filepath.Join("/proc/sys", key))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		file := filepath.Join(c.Shield, filepath.Base(key))
		if err := os.WriteFile(file, value, 0o644); err != nil {
			return err
		}
		if err := mount(file, filepath.Join(c.Root, "/proc/sys", key), "", unix.MS_BIND, ""); err != nil {
			return err
		}
	}
	return nil
}

// makePrivate keeps mounts made from now on out of the host's namespace. It does so from the namespace's own root: in a
// chroot, ours is no mount, and what lies above it would stay shared.
func makePrivate(directory string) error {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return err
	}
	own, err := openDirectory("/")
	if err != nil {
		return err
	}
	if err := leaveChroot(directory); err != nil {
		return err
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := unix.Fchdir(own); err != nil {
		return err
	}
	return errors.Join(unix.Chroot("."), unix.Close(own))
}

// enterRoot makes root the root of the mount namespace and lets go of every mount of the host.
func enterRoot(root string) error {
	fd, err := openDirectory(root)
	if err != nil {
		return err
	}
	steps := []func() error{
		func() error { return leaveChroot(root) },
		func() error { return unix.Fchdir(fd) },
		func() error { return unix.PivotRoot(".", ".") },
		func() error { return unix.Unmount(".", unix.MNT_DETACH) },
		func() error { return unix.Chdir("/") },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("changing the root, step %d: %w", i+1, err)
		}
	}
	// The kubelet's volume mounts must reach the containers.
	return mount("", "/", "", unix.MS_REC|unix.MS_SHARED, "")
}

// leaveChroot goes to the root of the mount namespace, which is where we are already unless we were started in a
// chroot: above a root that lies below the working directory nothing stops "..".
func leaveChroot(inner string) error {
	outer, err := openDirectory("/")
	if err != nil {
		return err
	}
	defer unix.Close(outer)
	if err := unix.Chroot(inner); err != nil {
		return err
	}
	if err := unix.Fchdir(outer); err != nil {
		return err
	}
	const deepest = 64
	for range deepest {
		if err := unix.Chdir(".."); err != nil {
			return err
		}
	}
	return unix.Chroot(".")
}

func openDirectory(path string) (int, error) {
	return unix.Open(path, unix.O_DIRECTORY|unix.O_PATH|unix.O_CLOEXEC, 0)
}
