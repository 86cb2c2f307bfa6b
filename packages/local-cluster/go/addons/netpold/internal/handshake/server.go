package handshake

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"time"
)

const (
	// knownTimeout is how long the kubelet may be ahead of our watch.
	knownTimeout = 5 * time.Second
	knownEvery   = 20 * time.Millisecond
)

// Server answers the plugin.
type Server struct {
	Pending *Pending
	// Knows tells whether the watch has seen a pod.
	Knows func(namespace, name string) bool
	// Changed is called when rules must be made anew.
	Changed func()
}

// Listen opens the socket, for root only, in the place of one that an earlier process left.
func Listen(socket string) (net.Listener, error) {
	if err := os.Remove(socket); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	return listener, os.Chmod(socket, 0o600)
}

// Serve answers until the listener is closed or the context ends.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer connection.Close()
			fmt.Fprintln(connection, s.answer(ctx, connection))
		}()
	}
}

func (s *Server) answer(ctx context.Context, request io.Reader) string {
	var pod Pod
	var text string
	if _, err := fmt.Fscan(request, &pod.Namespace, &pod.Name, &text); err != nil {
		return err.Error()
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		return err.Error()
	}
	if !s.awaitPod(ctx, pod) {
		return fmt.Sprintf("the pod isn't known after %s", knownTimeout)
	}
	loaded := s.Pending.Announce(pod, address)
	s.Changed()
	select {
	case <-loaded:
		return "ok"
	case <-ctx.Done():
		return ctx.Err().Error()
	}
}

func (s *Server) awaitPod(ctx context.Context, pod Pod) bool {
	ctx, cancel := context.WithTimeout(ctx, knownTimeout)
	defer cancel()
	ticker := time.NewTicker(knownEvery)
	defer ticker.Stop()
	for !s.Knows(pod.Namespace, pod.Name) {
		select {
		case <-ctx.Done():
			return false
		case <-ticker.C:
		}
	}
	return true
}
