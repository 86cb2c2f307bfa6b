package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// start listens on the host, enters the instance's cgroup and leaves the first process behind in new namespaces.
// A socket stays in the network namespace that it was made in: so the instance needs no link to the host.
func start(c Configuration, file string) error {
	var inherited []*os.File
	for _, f := range c.Forwards {
		l, err := net.Listen("tcp", f.Listen)
		if err != nil {
			return err
		}
		socket, err := l.(*net.TCPListener).File()
		if err != nil {
			return err
		}
		inherited = append(inherited, socket)
	}
	runtime.LockOSThread() // the cgroup namespace is this thread's; the child is forked from it
	if err := enterCgroup(c); err != nil {
		return err
	}
	report, reported, err := os.Pipe()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(c.Logs, "instance.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.Command(program, "init", file)
	child.Env = c.Environment
	child.Stdout, child.Stderr = log, log
	child.ExtraFiles = append(inherited, reported)
	child.SysProcAttr = &syscall.SysProcAttr{
		Setsid:     true,
		Cloneflags: unix.CLONE_NEWNS | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS,
	}
	if err := child.Start(); err != nil {
		return err
	}
	_ = reported.Close()
	if err := writeFile(c.PidFile, strconv.Itoa(child.Process.Pid)+"\n"); err != nil {
		return errors.Join(err, child.Process.Kill())
	}
	text, err := io.ReadAll(report)
	if err != nil || len(text) > 0 {
		return errors.Join(err, errors.New(strings.TrimSpace(string(text))))
	}
	if err := syscall.Kill(child.Process.Pid, 0); err != nil {
		return fmt.Errorf("the first process ended at once, see %s", log.Name())
	}
	return nil
}

func writeFile(name, text string) error {
	if err := os.WriteFile(name+".new", []byte(text), 0o644); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

func enterCgroup(c Configuration) error {
	pid := strconv.Itoa(os.Getpid())
	enter := func(directory string) error {
		return os.WriteFile(filepath.Join(directory, "cgroup.procs"), []byte(pid), 0o644)
	}
	for _, directory := range c.Cgroups {
		if err := enter(directory); err != nil {
			return err
		}
	}
	if !c.Unified {
		return unix.Unshare(unix.CLONE_NEWCGROUP)
	}
	own, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return err
	}
	_, path, ok := strings.Cut(strings.TrimSpace(string(own)), "0::")
	if !ok {
		return fmt.Errorf("no cgroup v2 in %q", own)
	}
	directory := filepath.Join("/sys/fs/cgroup", path)
	// A cgroup with processes cannot hand controllers to its children: all but the pods lives in a leaf.
	leaf := filepath.Join(directory, "init")
	if err := os.MkdirAll(leaf, 0o755); err != nil {
		return err
	}
	if err := unix.Unshare(unix.CLONE_NEWCGROUP); err != nil {
		return err
	}
	if err := enter(leaf); err != nil {
		return err
	}
	available, err := os.ReadFile(filepath.Join(directory, "cgroup.controllers"))
	if err != nil {
		return err
	}
	control := filepath.Join(directory, "cgroup.subtree_control")
	for _, controller := range strings.Fields(string(available)) {
		// One that cannot be enabled matters only if it is among those checked below.
		_ = os.WriteFile(control, []byte("+"+controller), 0o644)
	}
	enabled, err := os.ReadFile(control)
	if err != nil {
		return err
	}
	for _, wanted := range []string{"cpu", "memory", "pids"} {
		if !strings.Contains(" "+strings.TrimSpace(string(enabled))+" ", " "+wanted+" ") {
			return fmt.Errorf("cgroup controller %q is not available in %q", wanted, directory)
		}
	}
	return nil
}
