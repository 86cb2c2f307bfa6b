// Package cluster watches what network policies are made from.
package cluster

import (
	"context"
	"errors"
	"fmt"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/tools/cache"

	"storeyard.local/addons/netpold/internal/rules"
)

// Watch holds the cluster's pods, namespaces and policies as they are now.
type Watch struct {
	pods       corelisters.PodLister
	namespaces corelisters.NamespaceLister
	policies   networkinglisters.NetworkPolicyLister
}

// Start returns when all objects are there once. It then calls changed, from any
// goroutine, whenever one of them changes, until the context ends.
func Start(ctx context.Context, client kubernetes.Interface, changed func()) (*Watch, error) {
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods()
	namespaces := factory.Core().V1().Namespaces()
	policies := factory.Networking().V1().NetworkPolicies()
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { changed() },
		UpdateFunc: func(any, any) { changed() },
		DeleteFunc: func(any) { changed() },
	}
	for _, informer := range []cache.SharedIndexInformer{pods.Informer(), namespaces.Informer(), policies.Informer()} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return nil, fmt.Errorf("can't watch: %w", err)
		}
	}
	factory.Start(ctx.Done())
	for kind, isSynced := range factory.WaitForCacheSync(ctx.Done()) {
		if !isSynced {
			return nil, fmt.Errorf("can't list %s: %w", kind, ctx.Err())
		}
	}
	return &Watch{pods.Lister(), namespaces.Lister(), policies.Lister()}, nil
}

// Objects returns what rules are made from. The objects are shared: copy before changing.
func (w *Watch) Objects() (rules.Objects, error) {
	pods, podsErr := w.pods.List(labels.Everything())
	namespaces, namespacesErr := w.namespaces.List(labels.Everything())
	policies, policiesErr := w.policies.List(labels.Everything())
	objects := rules.Objects{Pods: pods, Namespaces: namespaces, Policies: policies}
	return objects, errors.Join(podsErr, namespacesErr, policiesErr)
}

// HasPod tells whether the watch has seen a pod yet.
func (w *Watch) HasPod(namespace, name string) bool {
	_, err := w.pods.Pods(namespace).Get(name)
	return err == nil
}
