// Probe is a small network client and server for tests inside the cluster. Its output is one
// line a target; its exit code is 1 when one of them failed.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const usage = `usage:
  probe serve ADDRESS...    answer HTTP on each address, :8080 for example
  probe wait                do nothing until told to end
  probe get URL...          one HTTP request each
  probe dial HOST:PORT...   one TCP connection each
  probe lookup NAME...      addresses of each name
  probe write FILE TEXT     write a file
  probe read FILE           print a file`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout))
}

func run(ctx context.Context, args []string, out *os.File) int {
	if len(args) == 0 {
		fmt.Fprintln(out, usage)
		return 2
	}
	targets := args[1:]
	switch args[0] {
	case "serve":
		return serve(ctx, out, targets)
	case "wait":
		<-ctx.Done()
		return 0
	case "get":
		return each(out, targets, func(target string) (string, error) { return get(ctx, target) })
	case "dial":
		return each(out, targets, func(target string) (string, error) { return dial(ctx, target) })
	case "lookup":
		return each(out, targets, func(target string) (string, error) { return lookup(ctx, target) })
	case "write", "read":
		return file(out, args)
	}
	fmt.Fprintln(out, usage)
	return 2
}

// each tries every target and prints `OPEN` or `BLOCKED`, the target, and what it found.
func each(out *os.File, targets []string, try func(string) (string, error)) int {
	code := 0
	for _, target := range targets {
		found, err := try(target)
		if err != nil {
			fmt.Fprintln(out, "BLOCKED", target, err)
			code = 1
			continue
		}
		fmt.Fprintln(out, "OPEN", target, found)
	}
	return code
}
