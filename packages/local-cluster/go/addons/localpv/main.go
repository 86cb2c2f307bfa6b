// Localpv makes and removes volumes that are folders of the single node.
//
// It is the storage class of Storeyard's native local cluster. It runs beside the kubelet
// and makes folders itself, where other provisioners start a pod for each: a claim is bound
// in 30 ms instead of seconds.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v10/controller"
)

// provisionerName is what a storage class names as its provisioner.
const provisionerName = "storeyard.local/localpv"

func main() {
	kubeconfig := flag.String("kubeconfig", "", "kubeconfig file")
	root := flag.String("root", "", "folder that holds the volumes")
	node := flag.String("node", "", "name of the node that the folder is on")
	flag.Parse()
	if *root == "" || *node == "" {
		log.Fatal("usage: localpv -kubeconfig FILE -root FOLDER -node NAME")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *kubeconfig, folders{root: *root, node: *node}); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, kubeconfig string, provisioner controller.Provisioner) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 50, 100
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	controller.NewProvisionController(
		klog.Background(), client, provisionerName, provisioner, controller.LeaderElection(false),
	).Run(ctx)
	return nil
}
