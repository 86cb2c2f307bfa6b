package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const firstInherited = 3

// initialise runs as the first process in the new namespaces.
func initialise(c Configuration) error {
	report := firstInherited + len(c.Forwards)
	for fd := firstInherited; fd <= report; fd++ {
		unix.CloseOnExec(fd)
	}
	pipe := os.NewFile(uintptr(report), "report")
	terminated := stopSignals()
	signal.Ignore(syscall.SIGHUP)
	children := newChildren()
	if err := prepare(c, children); err != nil {
		fmt.Fprintln(pipe, err)
		return err
	}
	if err := pipe.Close(); err != nil {
		return err
	}
	s := newSupervisor(c, children)
	s.start()
	go boundLogs(c.Logs)
	<-terminated
	s.stop()
	return nil
}

// stopSignals tells when to stop everything in order. systemd, which signals all processes of a scope at once, is told to
// use the one that means nothing to the others (src/native/lifecycle/startInstance.ts).
func stopSignals() <-chan os.Signal {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGWINCH)
	return signals
}

func prepare(c Configuration, children *children) error {
	if err := unix.Sethostname([]byte(c.Name)); err != nil {
		return err
	}
	if err := makeRoot(c); err != nil {
		return err
	}
	for key, value := range c.Sysctls {
		if err := os.WriteFile(filepath.Join("/proc/sys", key), []byte(value), 0o644); err != nil {
			return err
		}
	}
	for _, command := range c.Commands {
		status, err := children.run(command, os.Stderr, 30*time.Second)
		if err != nil || status != 0 {
			return fmt.Errorf("%q failed with status %d: %v", strings.Join(command, " "), status, err)
		}
	}
	for i, f := range c.Forwards {
		file := os.NewFile(uintptr(firstInherited+i), f.Listen)
		listener, err := net.FileListener(file)
		if err != nil {
			return err
		}
		_ = file.Close()
		go forward(listener, f.To)
	}
	return nil
}

func forward(listener net.Listener, to string) {
	for {
		client, err := listener.Accept()
		if err != nil { // e.g. too many open files: the socket itself stays good
			fmt.Fprintln(os.Stderr, "accept:", err)
			time.Sleep(100 * time.Millisecond)
			continue
		}
		go func() {
			defer client.Close()
			server, err := net.DialTimeout("tcp", to, 10*time.Second)
			if err != nil {
				return
			}
			defer server.Close()
			done := make(chan struct{})
			pump := func(from, to net.Conn) {
				_, err := io.Copy(to, from)
				if err != nil {
					_ = from.Close()
					_ = to.Close()
				} else if half, ok := to.(*net.TCPConn); ok {
					_ = half.CloseWrite()
				}
				done <- struct{}{}
			}
			go pump(client, server)
			go pump(server, client)
			<-done
			<-done
		}()
	}
}

// boundLogs keeps one older piece of each log; the programs append, so that their files may be cut under them.
func boundLogs(directory string) {
	const limit = 20 << 20
	for range time.Tick(time.Minute) {
		files, _ := filepath.Glob(filepath.Join(directory, "*.log"))
		for _, name := range files {
			if info, err := os.Stat(name); err != nil || info.Size() < limit {
				continue
			}
			if text, err := os.ReadFile(name); err == nil && os.WriteFile(name+".1", text, 0o644) == nil {
				_ = os.Truncate(name, 0)
			}
		}
	}
}
