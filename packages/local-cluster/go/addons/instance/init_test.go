package main

import (
	"os"
	"syscall"
	"testing"
	"time"
)

func TestStopsBySystemdsSignalAsByAnyOther(t *testing.T) {
	for _, wanted := range []syscall.Signal{syscall.SIGTERM, syscall.SIGWINCH} {
		signals := stopSignals()
		if err := syscall.Kill(os.Getpid(), wanted); err != nil {
			t.Fatal(err)
		}
		select {
		case found := <-signals:
			if found != wanted {
				t.Errorf("expected %s, found %s", wanted, found)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("waited 10 s for %s", wanted)
		}
	}
}
