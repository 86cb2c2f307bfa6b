package handshake

import (
	"net/netip"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"
)

// Pod names a pod.
type Pod struct{ Namespace, Name string }

func (p Pod) String() string { return p.Namespace + "/" + p.Name }

// Pending holds the addresses that the plugin announced until the API server has them, and
// who waits for rules to be loaded.
type Pending struct {
	mutex     sync.Mutex
	addresses map[Pod]netip.Addr
	waiting   []chan struct{}
}

// Announce takes note of a pod's address. The channel is closed when rules that know it
// are loaded.
func (p *Pending) Announce(pod Pod, address netip.Addr) <-chan struct{} {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.addresses == nil {
		p.addresses = map[Pod]netip.Addr{}
	}
	p.addresses[pod] = address
	loaded := make(chan struct{})
	p.waiting = append(p.waiting, loaded)
	return loaded
}

// Take returns those who wait now. Read the pods after it, and release them when the rules
// of these pods are loaded.
func (p *Pending) Take() Waiters {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	taken := p.waiting
	p.waiting = nil
	return taken
}

// Return takes back those whose rules couldn't be loaded.
func (p *Pending) Return(waiters Waiters) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.waiting = slices.Concat(waiters, p.waiting)
}

// Complete returns the pods with announced addresses in those whose status lacks them, and
// forgets what the status has, and pods that are gone.
func (p *Pending) Complete(pods []*corev1.Pod) []*corev1.Pod {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	completed := make([]*corev1.Pod, 0, len(pods))
	present := map[Pod]bool{}
	for _, pod := range pods {
		key := Pod{pod.Namespace, pod.Name}
		present[key] = true
		address, isAnnounced := p.addresses[key]
		switch {
		case !isAnnounced:
		case address.String() == pod.Status.PodIP:
			delete(p.addresses, key)
		default:
			pod = pod.DeepCopy()
			pod.Status.PodIP = address.String()
			pod.Status.PodIPs = []corev1.PodIP{{IP: address.String()}}
		}
		completed = append(completed, pod)
	}
	for key := range p.addresses {
		if !present[key] {
			delete(p.addresses, key)
		}
	}
	return completed
}

// Waiters wait for their pods' rules.
type Waiters []chan struct{}

// Release lets them go on.
func (w Waiters) Release() {
	for _, loaded := range w {
		close(loaded)
	}
}
