package main

import (
	"context"
	"log"
	"strings"
	"time"

	"storeyard.local/addons/netpold/internal/handshake"
	"storeyard.local/addons/netpold/internal/rules"
)

const (
	// gatherFor makes one load of a burst of changes.
	gatherFor = 20 * time.Millisecond
	retryIn   = time.Second
)

// enforcer keeps the loaded rules equal to what the cluster's objects ask for.
type enforcer struct {
	objects func() (rules.Objects, error)
	pending *handshake.Pending
	load    func(ctx context.Context, script string) error
	changed changes
}

// run ends with the context. The rules stay: a daemon that stops must not open the gates.
func (e *enforcer) run(ctx context.Context) {
	loaded := ""
	for {
		if !e.changed.wait(ctx) || !sleep(ctx, gatherFor) {
			return
		}
		waiters := e.pending.Take()
		script, err := e.render()
		if err == nil && script != loaded {
			start := time.Now()
			err = e.load(ctx, script)
			if err == nil {
				log.Printf("loaded %d lines in %s", strings.Count(script, "\n"), time.Since(start).Round(time.Millisecond))
			}
		}
		if err != nil {
			log.Printf("can't load the rules, trying again: %v", err)
			e.pending.Return(waiters)
			if !sleep(ctx, retryIn) {
				return
			}
			e.changed.notify()
			continue
		}
		loaded = script
		waiters.Release()
	}
}

func (e *enforcer) render() (string, error) {
	objects, err := e.objects()
	if err != nil {
		return "", err
	}
	objects.Pods = e.pending.Complete(objects.Pods)
	return rules.Render(objects), nil
}

// changes holds at most one notice that something changed.
type changes chan struct{}

func (c changes) notify() {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (c changes) wait(ctx context.Context) bool {
	select {
	case <-c:
		return true
	case <-ctx.Done():
		return false
	}
}

func sleep(ctx context.Context, duration time.Duration) bool {
	select {
	case <-time.After(duration):
		return true
	case <-ctx.Done():
		return false
	}
}
