package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// reaping is the tests' own: the signal handler of one must not take the children of another.
var reaping = newChildren()

func configuration(t *testing.T, programs ...Program) Configuration {
	t.Helper()
	return Configuration{Logs: t.TempDir(), Programs: programs}
}

func shell(line string) []string { return []string{"sh", "-c", line} }

func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited 10 s for %s", what)
		}
	}
}

func content(file string) string {
	text, _ := os.ReadFile(file)
	return string(text)
}

func TestStartsAProgramAgainWhenItEnds(t *testing.T) {
	c := configuration(t, Program{Name: "short", Command: shell("echo run")})
	s := newSupervisor(c, reaping)
	s.start()
	eventually(t, "a second run", func() bool {
		return strings.Count(content(filepath.Join(c.Logs, "short.log")), "run") > 1
	})
	s.stop()
}

func TestStartsAProgramAfterWhatItWaitsFor(t *testing.T) {
	marks := filepath.Join(t.TempDir(), "marks")
	c := configuration(t,
		// The first try fails: a step is repeated until it succeeds.
		Program{Name: "step", Once: true, Command: shell("echo step >> " + marks + "; test $(wc -l < " + marks + ") -gt 1")},
		Program{Name: "later", After: []string{"step"}, Command: shell("echo later >> " + marks + "; exec sleep 60")},
	)
	s := newSupervisor(c, reaping)
	s.start()
	eventually(t, "the later program", func() bool { return strings.Contains(content(marks), "later") })
	s.stop()
	if found := content(marks); found != "step\nstep\nlater\n" {
		t.Errorf("expected two tries of the step, then the later program once, found %q", found)
	}
}

func TestStopsInTheReverseOrderAndRunsWhatComesAfterAStop(t *testing.T) {
	marks := filepath.Join(t.TempDir(), "marks")
	keep := func(name string) []string {
		return shell("trap 'echo " + name + " >> " + marks + "; exit' TERM; echo up >> " + marks + "; while :; do sleep 0.02; done")
	}
	c := configuration(t,
		Program{Name: "first", Command: keep("first")},
		Program{Name: "second", Command: keep("second"), AfterStop: shell("echo after-second >> " + marks)},
	)
	s := newSupervisor(c, reaping)
	s.start()
	eventually(t, "both programs", func() bool { return strings.Count(content(marks), "up") == 2 })
	s.stop()
	if found := content(marks); found != "up\nup\nsecond\nafter-second\nfirst\n" {
		t.Errorf("expected the second to be stopped first, found %q", found)
	}
}

func TestKillsWhatDoesNotEnd(t *testing.T) {
	pid, exited, err := reaping.spawn(shell("trap '' TERM; while :; do sleep 0.02; done"), os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	if code := end(pid, exited, 50*time.Millisecond); code != 128+9 {
		t.Errorf("expected an end by SIGKILL, found status %d", code)
	}
}

func TestTellsTheStatusOfACommand(t *testing.T) {
	code, err := reaping.run(shell("exit 3"), os.Stderr, time.Second)
	if err != nil || code != 3 {
		t.Errorf("expected status 3, found %d (%v)", code, err)
	}
	if _, err := reaping.run([]string{"no-such-program"}, os.Stderr, time.Second); err == nil {
		t.Error("expected an error for a program that isn't there")
	}
}
