package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"google.golang.org/grpc"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// fakeRuntime has one running container and two pods, of which one can't be stopped.
type fakeRuntime struct {
	cri.RuntimeServiceClient
	mutex sync.Mutex
	calls []string
}

func (f *fakeRuntime) note(call string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.calls = append(f.calls, call)
}

func (f *fakeRuntime) ListContainers(context.Context, *cri.ListContainersRequest, ...grpc.CallOption) (*cri.ListContainersResponse, error) {
	return &cri.ListContainersResponse{Containers: []*cri.Container{{Id: "c"}}}, nil
}

func (f *fakeRuntime) StopContainer(_ context.Context, request *cri.StopContainerRequest, _ ...grpc.CallOption) (*cri.StopContainerResponse, error) {
	f.note("stop " + request.ContainerId)
	return nil, errors.New("it hangs")
}

func (f *fakeRuntime) ListPodSandbox(context.Context, *cri.ListPodSandboxRequest, ...grpc.CallOption) (*cri.ListPodSandboxResponse, error) {
	return &cri.ListPodSandboxResponse{Items: []*cri.PodSandbox{
		{Id: "a", Metadata: &cri.PodSandboxMetadata{Name: "web"}},
		{Id: "b", Metadata: &cri.PodSandboxMetadata{Name: "database"}},
	}}, nil
}

func (f *fakeRuntime) StopPodSandbox(_ context.Context, request *cri.StopPodSandboxRequest, _ ...grpc.CallOption) (*cri.StopPodSandboxResponse, error) {
	if request.PodSandboxId == "b" {
		return nil, errors.New("busy")
	}
	return nil, nil
}

func (f *fakeRuntime) RemovePodSandbox(_ context.Context, request *cri.RemovePodSandboxRequest, _ ...grpc.CallOption) (*cri.RemovePodSandboxResponse, error) {
	f.note("remove " + request.PodSandboxId)
	return nil, nil
}

func TestRemovePodsGoesOnAfterFailuresAndNamesThem(t *testing.T) {
	runtime := &fakeRuntime{}
	removed, err := removePods(context.Background(), runtime)
	if removed != 2 {
		t.Errorf("got %d pods, want 2", removed)
	}
	if err == nil || !strings.Contains(err.Error(), "pod database: busy") || strings.Contains(err.Error(), "web") {
		t.Errorf("got error %v, want one about the database alone", err)
	}
	slices.Sort(runtime.calls)
	if want := []string{"remove a", "remove b", "stop c"}; !slices.Equal(runtime.calls, want) {
		t.Errorf("got calls %q, want %q", runtime.calls, want)
	}
}
