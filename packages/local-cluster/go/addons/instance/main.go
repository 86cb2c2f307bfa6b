// instance is the first process of a native cluster: instance start FILE makes the namespaces and returns when the
// instance has its own root, network and forwarders; the process that it leaves behind starts the programs that FILE
// names, starts them again when they end, reaps orphans and, on SIGTERM, stops everything in order.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// Forward is one way in: a socket on the host's loopback and the address inside that its connections are led to.
type Forward struct {
	Listen string `json:"listen"`
	To     string `json:"to"`
}

// Probe says that a program is ready: a URL that answers 200, or a unix socket that can be dialled.
type Probe struct {
	URL    string `json:"url"`
	CA     string `json:"ca"`
	Socket string `json:"socket"`
}

// Program is a process to keep running, or with Once a step to repeat until it succeeds.
type Program struct {
	Name      string   `json:"name"`
	Command   []string `json:"command"`
	Once      bool     `json:"once"`
	After     []string `json:"after"`
	Ready     *Probe   `json:"ready"`
	AfterStop []string `json:"afterStop"`
}

// Bind is a folder of the host that the instance sees at the same path.
type Bind struct {
	Path     string `json:"path"`
	ReadOnly bool   `json:"readOnly"`
}

// Configuration is written by src/native/configuration.
type Configuration struct {
	Name        string            `json:"name"`
	Cgroups     []string          `json:"cgroups"` // empty: the cgroup that we were started in (a systemd scope)
	Unified     bool              `json:"unified"` // cgroup v2
	Forwards    []Forward         `json:"forwards"`
	Root        string            `json:"root"`
	Binds       []Bind            `json:"binds"`
	Private     map[string]string `json:"private"`  // path inside: folder of the host that stands in for it
	Sysctls     map[string]string `json:"sysctls"`  // set inside the instance's own network namespace
	Shielded    []string          `json:"shielded"` // global sysctls that programs inside would change for the host
	Shield      string            `json:"shield"`   // folder of the plain files that they write to instead
	Commands    [][]string        `json:"commands"` // run once inside before any program, e.g. the network
	Environment []string          `json:"environment"`
	Path        string            `json:"path"`
	Logs        string            `json:"logs"`
	PidFile     string            `json:"pidFile"`
	Programs    []Program         `json:"programs"`
}

func read(file string) (c Configuration, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(text, &c)
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: instance start FILE")
		os.Exit(2)
	}
	c, err := read(os.Args[2])
	if err == nil {
		_ = os.Setenv("PATH", c.Path)
		switch os.Args[1] {
		case "start":
			err = start(c, os.Args[2])
		case "init":
			err = initialise(c)
		default:
			err = fmt.Errorf("unknown command %q", os.Args[1])
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
