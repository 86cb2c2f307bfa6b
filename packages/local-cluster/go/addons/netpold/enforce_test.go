package main

import (
	"context"
	"errors"
	"net/netip"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"storeyard.local/addons/netpold/internal/handshake"
	"storeyard.local/addons/netpold/internal/rules"
)

func newEnforcer(load func(context.Context, string) error) *enforcer {
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: "web"}}
	return &enforcer{
		objects: func() (rules.Objects, error) { return rules.Objects{Pods: []*corev1.Pod{pod}}, nil },
		pending: &handshake.Pending{},
		load:    load,
		changed: make(changes, 1),
	}
}

func announce(e *enforcer) <-chan struct{} {
	loaded := e.pending.Announce(handshake.Pod{Namespace: "shop", Name: "web"}, netip.MustParseAddr("10.42.0.7"))
	e.changed.notify()
	return loaded
}

func await(t *testing.T, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("nothing happened within 10 s")
	}
}

func TestAPodWaitsUntilItsRulesCouldBeLoaded(t *testing.T) {
	attempts := 0
	enforcer := newEnforcer(func(context.Context, string) error {
		attempts++
		if attempts == 1 {
			return errors.New("busy")
		}
		return nil
	})
	ctx, cancel := context.WithCancel(context.Background())
	loaded := announce(enforcer)
	ended := make(chan struct{})
	go func() { enforcer.run(ctx); close(ended) }()
	await(t, loaded)
	cancel()
	await(t, ended)
	if attempts != 2 {
		t.Errorf("loaded in %d attempts, want 2", attempts)
	}
}

func TestRulesThatDidNotChangeAreNotLoadedAgain(t *testing.T) {
	loads := 0
	enforcer := newEnforcer(func(context.Context, string) error { loads++; return nil })
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { enforcer.run(ctx); close(ended) }()
	await(t, announce(enforcer))
	await(t, announce(enforcer))
	cancel()
	await(t, ended)
	if loads != 1 {
		t.Errorf("loaded %d times, want once", loads)
	}
}
