package rules

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// TableName is the nftables table, of family inet, that holds all rules.
const TableName = "netpold"

// Objects are what the rules are made from.
type Objects struct {
	Pods       []*corev1.Pod
	Namespaces []*corev1.Namespace
	Policies   []*networkingv1.NetworkPolicy
}

// Render returns the script for `nft -f` that replaces the table as a whole.
func Render(objects Objects) string {
	cluster := newIndex(objects)
	var chains strings.Builder
	var ingress, egress verdictMap
	for _, target := range cluster.endpoints {
		isolation := cluster.isolationOf(target)
		if isolation.ingress.isolated {
			ingress.jump(target, "in")
			writeChain(&chains, target, "in", isolation.ingress.matches)
		}
		if isolation.egress.isolated {
			egress.jump(target, "eg")
			writeChain(&chains, target, "eg", isolation.egress.matches)
		}
	}
	return fmt.Sprintf(`add table inet %[1]s
delete table inet %[1]s
table inet %[1]s {
%[2]s  map egress { type ipv4_addr : verdict;%[3]s
  }
  map ingress { type ipv4_addr : verdict;%[4]s
  }
  chain forward { type filter hook forward priority -5; policy accept;
    ct direction reply accept
    ct state related accept
    ip saddr vmap @egress
    ip daddr vmap @ingress
  }
  chain input { type filter hook input priority -5; policy accept;
    ct direction reply accept
    ct state related accept
    ip saddr vmap @egress
  }
}
`, TableName, chains.String(), egress.elements(), ingress.elements())
}

// Removal returns the script that removes the table, if it is there.
func Removal() string {
	return fmt.Sprintf("add table inet %[1]s\ndelete table inet %[1]s\n", TableName)
}

// endpoint is a pod that has an address of its own.
type endpoint struct {
	pod     *corev1.Pod
	address netip.Addr
}

func (e endpoint) chain(direction string) string {
	return direction + "_" + strings.ReplaceAll(e.address.String(), ".", "_")
}

// index holds the objects in the form and order in which rules need them.
type index struct {
	endpoints       []endpoint
	namespaceLabels map[string]labels.Set
	policies        []*networkingv1.NetworkPolicy
}

func newIndex(objects Objects) *index {
	result := &index{
		endpoints:       endpointsOf(objects.Pods),
		namespaceLabels: map[string]labels.Set{},
		policies:        slices.Clone(objects.Policies),
	}
	for _, namespace := range objects.Namespaces {
		result.namespaceLabels[namespace.Name] = namespace.Labels
	}
	slices.SortFunc(result.policies, func(a, b *networkingv1.NetworkPolicy) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
	return result
}

// endpointsOf returns the running pods by address. While a pod that ended still carries an
// address which another one has got, the younger one counts: nft refuses a key twice.
func endpointsOf(pods []*corev1.Pod) []endpoint {
	byAddress := map[netip.Addr]*corev1.Pod{}
	for _, pod := range pods {
		if !hasOwnNetwork(pod) {
			continue
		}
		for _, status := range pod.Status.PodIPs {
			address, err := netip.ParseAddr(status.IP)
			if err != nil || !address.Is4() {
				continue
			}
			if other := byAddress[address]; other == nil || isYounger(pod, other) {
				byAddress[address] = pod
			}
		}
	}
	result := make([]endpoint, 0, len(byAddress))
	for address, pod := range byAddress {
		result = append(result, endpoint{pod, address})
	}
	slices.SortFunc(result, func(a, b endpoint) int { return a.address.Compare(b.address) })
	return result
}

func hasOwnNetwork(pod *corev1.Pod) bool {
	hasEnded := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
	return !pod.Spec.HostNetwork && !hasEnded
}

func isYounger(pod, other *corev1.Pod) bool {
	a, b := pod.CreationTimestamp, other.CreationTimestamp
	if a.Equal(&b) {
		return pod.UID > other.UID
	}
	return b.Before(&a)
}

func writeChain(out *strings.Builder, target endpoint, direction string, matches []string) {
	fmt.Fprintf(out, "  chain %s { # %s/%s\n", target.chain(direction), target.pod.Namespace, target.pod.Name)
	for _, match := range matches {
		fmt.Fprintf(out, "    %s\n", strings.TrimSpace(match+" return"))
	}
	out.WriteString("    counter drop\n  }\n")
}

// verdictMap leads from a pod's address to its chain.
type verdictMap struct{ jumps []string }

func (m *verdictMap) jump(target endpoint, direction string) {
	m.jumps = append(m.jumps, fmt.Sprintf("%s : jump %s", target.address, target.chain(direction)))
}

func (m *verdictMap) elements() string {
	if len(m.jumps) == 0 {
		return ""
	}
	return " elements = { " + strings.Join(m.jumps, ", ") + " }"
}
