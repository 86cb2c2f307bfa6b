package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
)

// serve answers each request with the pod's name and what it was asked for.
func serve(ctx context.Context, out *os.File, addresses []string) int {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	handler := http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		fmt.Fprintf(response, "%s %s%s from %s\n", host, request.Host, request.URL.Path, request.RemoteAddr)
	})
	failed := make(chan error, len(addresses))
	for _, address := range addresses {
		go func() { failed <- http.ListenAndServe(address, handler) }()
	}
	select {
	case err := <-failed:
		fmt.Fprintln(out, err)
		return 1
	case <-ctx.Done():
		return 0
	}
}
