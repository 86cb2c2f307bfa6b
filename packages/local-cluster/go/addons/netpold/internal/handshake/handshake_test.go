package handshake

import (
	"bytes"
	"context"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const previous = `{"cniVersion":"1.0.0","ips":[{"address":"10.42.0.7/24"}]}`

var web = Pod{Namespace: "shop", Name: "web"}

func podWithAddress(address string) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: web.Namespace, Name: web.Name},
		Status:     corev1.PodStatus{PodIP: address},
	}
}

// callPlugin runs ADD against a server on a socket of its own.
func callPlugin(t *testing.T, server *Server) (code int, output string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	// A socket's path may have 107 bytes, which the test's own folder can exceed.
	folder, err := os.MkdirTemp("/tmp", "netpold-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	socket := filepath.Join(folder, "socket")
	listener, err := Listen(socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() { _ = server.Serve(ctx, listener) }()
	var out bytes.Buffer
	code = RunPlugin(Call{
		Command:   "ADD",
		Arguments: "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web",
		Input:     strings.NewReader(`{"socket":"` + socket + `","prevResult":` + previous + `}`),
		Output:    &out,
	})
	return code, out.String()
}

func TestThePluginPassesItsInputOnWhenTheRulesAreLoaded(t *testing.T) {
	pending := &Pending{}
	var completed []*corev1.Pod
	server := &Server{
		Pending: pending,
		Knows:   func(namespace, name string) bool { return namespace == "shop" && name == "web" },
		Changed: func() {
			waiters := pending.Take()
			completed = pending.Complete([]*corev1.Pod{podWithAddress("")})
			waiters.Release()
		},
	}
	code, output := callPlugin(t, server)
	if code != 0 || output != previous {
		t.Errorf("got %d and %q, want 0 and %q", code, output, previous)
	}
	if len(completed) != 1 || completed[0].Status.PodIP != "10.42.0.7" {
		t.Errorf("the rules were made from %v, want the address 10.42.0.7", completed)
	}
}

func TestThePluginFailsWhenTheDaemonStops(t *testing.T) {
	pending := &Pending{}
	ctx, cancel := context.WithCancel(context.Background())
	server := &Server{Pending: pending, Knows: func(string, string) bool { return true }, Changed: cancel}
	if answer := server.answer(ctx, strings.NewReader("shop web 10.42.0.7\n")); answer == "ok" {
		t.Error("got ok before any rules were loaded")
	}
}

func TestThePluginFailsWithoutADaemon(t *testing.T) {
	var out bytes.Buffer
	code := RunPlugin(Call{
		Command: "ADD",
		Input:   strings.NewReader(`{"socket":"/nowhere","prevResult":` + previous + `}`),
		Output:  &out,
	})
	if code == 0 || !strings.Contains(out.String(), `"code":100`) {
		t.Errorf("got %d and %q, want a failure", code, out.String())
	}
}

func TestThePluginWantsAnAddress(t *testing.T) {
	var out bytes.Buffer
	code := RunPlugin(Call{Command: "ADD", Input: strings.NewReader(`{"prevResult":{"ips":[]}}`), Output: &out})
	if code == 0 || !strings.Contains(out.String(), "no address") {
		t.Errorf("got %d and %q, want a failure", code, out.String())
	}
}

func TestAnUnknownPodIsRefused(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	server := &Server{Pending: &Pending{}, Knows: func(string, string) bool { return false }, Changed: func() {}}
	if answer := server.answer(ctx, strings.NewReader("shop web 10.42.0.7\n")); !strings.Contains(answer, "isn't known") {
		t.Errorf("got %q", answer)
	}
}

func TestAnAnnouncedAddressCountsUntilTheStatusHasIt(t *testing.T) {
	pending := &Pending{}
	pending.Announce(web, netip.MustParseAddr("10.42.0.7"))
	original := podWithAddress("10.42.0.6")
	if got := pending.Complete([]*corev1.Pod{original})[0].Status.PodIP; got != "10.42.0.7" {
		t.Errorf("got %s, want the announced address instead of the old one", got)
	}
	if original.Status.PodIP != "10.42.0.6" {
		t.Error("the watch's own object was changed")
	}
	pending.Complete([]*corev1.Pod{podWithAddress("10.42.0.7")})
	if got := pending.Complete([]*corev1.Pod{podWithAddress("10.42.0.8")})[0].Status.PodIP; got != "10.42.0.8" {
		t.Errorf("got %s, want the status's address once it had the announced one", got)
	}
}

func TestAnAddressIsForgottenWithItsPod(t *testing.T) {
	pending := &Pending{}
	pending.Announce(web, netip.MustParseAddr("10.42.0.7"))
	pending.Complete(nil)
	if got := pending.Complete([]*corev1.Pod{podWithAddress("")})[0].Status.PodIP; got != "" {
		t.Errorf("got %s for a new pod of that name, want none", got)
	}
}
