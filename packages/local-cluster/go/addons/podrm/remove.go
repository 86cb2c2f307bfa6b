package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// graceSeconds is what a container has between SIGTERM and SIGKILL.
const graceSeconds = 10

// removePods ends all containers at once, then removes all pods, and returns how many there
// were. It goes on after a failure and returns all of them.
func removePods(ctx context.Context, runtime cri.RuntimeServiceClient) (int, error) {
	isRunning := &cri.ContainerStateValue{State: cri.ContainerState_CONTAINER_RUNNING}
	running, err := runtime.ListContainers(ctx, &cri.ListContainersRequest{Filter: &cri.ContainerFilter{State: isRunning}})
	if err != nil {
		return 0, fmt.Errorf("can't list containers: %w", err)
	}
	// Removing the pod ends what couldn't be stopped, so that isn't a failure.
	_ = forEach(running.Containers, func(container *cri.Container) error {
		_, err := runtime.StopContainer(ctx, &cri.StopContainerRequest{ContainerId: container.Id, Timeout: graceSeconds})
		return err
	})
	pods, err := runtime.ListPodSandbox(ctx, &cri.ListPodSandboxRequest{})
	if err != nil {
		return 0, fmt.Errorf("can't list pods: %w", err)
	}
	return len(pods.Items), forEach(pods.Items, func(pod *cri.PodSandbox) error {
		_, stopErr := runtime.StopPodSandbox(ctx, &cri.StopPodSandboxRequest{PodSandboxId: pod.Id})
		_, removeErr := runtime.RemovePodSandbox(ctx, &cri.RemovePodSandboxRequest{PodSandboxId: pod.Id})
		if err := errors.Join(stopErr, removeErr); err != nil {
			return fmt.Errorf("pod %s: %w", pod.Metadata.GetName(), err)
		}
		return nil
	})
}

// forEach works on all items at once and joins the errors.
func forEach[T any](items []T, work func(T) error) error {
	failures := make([]error, len(items))
	var group sync.WaitGroup
	for i, item := range items {
		group.Go(func() { failures[i] = work(item) })
	}
	group.Wait()
	return errors.Join(failures...)
}
