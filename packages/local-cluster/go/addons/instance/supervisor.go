package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// children starts processes and reaps them, and the orphans that the kernel hands to a first process.
type children struct {
	mu      sync.Mutex
	waiting map[int]chan int
}

func newChildren() *children {
	c := &children{waiting: map[int]chan int{}}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGCHLD)
	go func() {
		for range ended {
			c.reap()
		}
	}()
	return c
}

func (c *children) reap() {
	for {
		var status syscall.WaitStatus
		c.mu.Lock() // a child that ends at once must be known before it is reaped
		pid, err := syscall.Wait4(-1, &status, syscall.WNOHANG, nil)
		exited, ours := c.waiting[pid]
		delete(c.waiting, pid)
		c.mu.Unlock()
		if err == syscall.EINTR {
			continue
		}
		if err != nil || pid <= 0 {
			return
		}
		if ours {
			code := status.ExitStatus()
			if status.Signaled() {
				code = 128 + int(status.Signal())
			}
			exited <- code
		}
	}
}

func (c *children) spawn(command []string, output *os.File) (int, <-chan int, error) {
	program, err := exec.LookPath(command[0])
	if err != nil {
		return 0, nil, err
	}
	input, err := os.Open(os.DevNull)
	if err != nil {
		return 0, nil, err
	}
	defer input.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	pid, err := syscall.ForkExec(program, command, &syscall.ProcAttr{
		Env:   os.Environ(),
		Files: []uintptr{input.Fd(), output.Fd(), output.Fd()},
		Sys:   &syscall.SysProcAttr{Setsid: true},
	})
	if err != nil {
		return 0, nil, err
	}
	exited := make(chan int, 1)
	c.waiting[pid] = exited
	return pid, exited, nil
}

func (c *children) run(command []string, output *os.File, deadline time.Duration) (int, error) {
	pid, exited, err := c.spawn(command, output)
	if err != nil {
		return -1, err
	}
	return end(pid, exited, deadline), nil
}

// end waits for a process until the deadline and kills it then.
func end(pid int, exited <-chan int, deadline time.Duration) int {
	select {
	case code := <-exited:
		return code
	case <-time.After(deadline):
		_ = syscall.Kill(pid, syscall.SIGKILL)
		return <-exited
	}
}

type running struct {
	Program
	ready   chan struct{}
	stopped chan struct{}
	stop    chan struct{}
}

type supervisor struct {
	c        Configuration
	children *children
	programs []*running
	byName   map[string]*running
}

func newSupervisor(c Configuration, children *children) *supervisor {
	s := &supervisor{c: c, children: children, byName: map[string]*running{}}
	for _, p := range c.Programs {
		r := &running{Program: p, ready: make(chan struct{}), stopped: make(chan struct{}), stop: make(chan struct{})}
		s.programs, s.byName[p.Name] = append(s.programs, r), r
	}
	return s
}

func (s *supervisor) start() {
	for _, p := range s.programs {
		go s.keep(p)
	}
}

// stop ends the programs in the reverse of their order, each with ten seconds for an orderly end.
func (s *supervisor) stop() {
	for i := len(s.programs) - 1; i >= 0; i-- {
		p := s.programs[i]
		close(p.stop)
		<-p.stopped
		if len(p.AfterStop) > 0 {
			status, err := s.children.run(p.AfterStop, os.Stderr, 40*time.Second)
			note("%s: %q ended with status %d (error: %v)", p.Name, p.AfterStop[0], status, err)
		}
	}
	note("stopped")
}

func (s *supervisor) keep(p *running) {
	defer close(p.stopped)
	for _, name := range p.After {
		before, known := s.byName[name]
		if !known {
			note("%s: comes after %q, which is not known", p.Name, name)
			continue
		}
		select {
		case <-before.ready:
		case <-p.stop:
			return
		}
	}
	output, err := os.OpenFile(filepath.Join(s.c.Logs, p.Name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		note("%s: %v", p.Name, err)
		output = os.Stderr
	}
	if p.Ready != nil {
		go p.watchReadiness()
	}
	const shortest, longest = 200 * time.Millisecond, 10 * time.Second
	pause := shortest
	for {
		began := time.Now()
		pid, exited, err := s.children.spawn(p.Command, output)
		if err != nil {
			note("%s: %v", p.Name, err)
		} else {
			select {
			case <-p.stop:
				_ = syscall.Kill(pid, syscall.SIGTERM)
				end(pid, exited, 10*time.Second)
				return
			case code := <-exited:
				if p.Once && code == 0 {
					close(p.ready)
					<-p.stop
					return
				}
				note("%s ended with status %d after %s", p.Name, code, time.Since(began).Round(time.Millisecond))
			}
		}
		if time.Since(began) > 30*time.Second {
			pause = shortest
		}
		select {
		case <-p.stop:
			return
		case <-time.After(pause):
		}
		pause = min(2*pause, longest)
	}
}

func (p *running) watchReadiness() {
	for !p.Ready.answers() {
		select {
		case <-p.stop:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	note("%s is ready", p.Name)
	close(p.ready)
}

func (p *Probe) answers() bool {
	if p.Socket != "" {
		connection, err := net.DialTimeout("unix", p.Socket, time.Second)
		if err == nil {
			_ = connection.Close()
		}
		return err == nil
	}
	authorities := x509.NewCertPool()
	text, err := os.ReadFile(p.CA)
	if err != nil || !authorities.AppendCertsFromPEM(text) {
		return false
	}
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: authorities},
	}}
	answer, err := client.Get(p.URL)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

func note(format string, values ...any) {
	fmt.Fprintf(os.Stderr, time.Now().UTC().Format("2006-01-02T15:04:05.000Z ")+format+"\n", values...)
}
