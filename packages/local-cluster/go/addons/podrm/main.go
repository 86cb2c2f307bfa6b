// Podrm stops and removes all pods of a container runtime, as `crictl rmp --force --all`
// does: podrm unix:///run/containerd.sock
//
// Pods that are ended otherwise leave shims, addresses and mounts behind.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

const deadline = 60 * time.Second

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: podrm ADDRESS")
	}
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	connection, err := grpc.NewClient(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	removed, err := removePods(ctx, cri.NewRuntimeServiceClient(connection))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("removed %d pods\n", removed)
}
