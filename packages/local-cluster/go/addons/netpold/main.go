// Netpold enforces networking.k8s.io/v1 network policies on a single node by nftables.
//
// It is for Storeyard's native local cluster only: other clusters bring an engine of their
// own. Every change of pods, namespaces or policies renders one table anew (package rules)
// and loads it in a single transaction. Called as the last CNI plugin, it makes a new pod
// wait for its rules (package handshake).
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"storeyard.local/addons/netpold/internal/cluster"
	"storeyard.local/addons/netpold/internal/handshake"
	"storeyard.local/addons/netpold/internal/nftables"
	"storeyard.local/addons/netpold/internal/rules"
)

type options struct {
	kubeconfig string
	socket     string
	nft        string
	cleanup    bool
}

func main() {
	if command := os.Getenv("CNI_COMMAND"); command != "" {
		os.Exit(handshake.RunPlugin(handshake.Call{
			Command: command, Arguments: os.Getenv("CNI_ARGS"), Input: os.Stdin, Output: os.Stdout,
		}))
	}
	var options options
	flag.StringVar(&options.kubeconfig, "kubeconfig", "", "kubeconfig file")
	flag.StringVar(&options.socket, "socket", "", "Unix socket on which the CNI plugin is answered")
	flag.StringVar(&options.nft, "nft", "nft", "nft program")
	flag.BoolVar(&options.cleanup, "cleanup", false, "remove the rules and exit")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, options); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, options options) error {
	loader := nftables.Loader{Program: options.nft}
	if options.cleanup {
		return loader.Load(ctx, rules.Removal())
	}
	config, err := clientcmd.BuildConfigFromFlags("", options.kubeconfig)
	if err != nil {
		return fmt.Errorf("can't read the kubeconfig: %w", err)
	}
	config.QPS, config.Burst = 50, 100
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	changed := make(changes, 1)
	watch, err := cluster.Start(ctx, client, changed.notify)
	if err != nil {
		return err
	}
	pending := &handshake.Pending{}
	if options.socket != "" {
		listener, err := handshake.Listen(options.socket)
		if err != nil {
			return fmt.Errorf("can't listen on the socket: %w", err)
		}
		server := &handshake.Server{Pending: pending, Knows: watch.HasPod, Changed: changed.notify}
		go func() { log.Fatal(server.Serve(ctx, listener)) }()
	}
	changed.notify()
	enforcer := &enforcer{objects: watch.Objects, pending: pending, load: loader.Load, changed: changed}
	enforcer.run(ctx)
	return nil
}
