package rules

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// portOf is what a port's name stands for: for all peers of a rule, or only for one.
type portOf struct {
	number int32
	only   netip.Addr
}

// matchesOf renders one rule as nft expressions, each of which allows a packet.
func matchesOf(field string, from peers, ports []networkingv1.NetworkPolicyPort, find func(name, protocol string) []portOf) []string {
	addresses := from.addressMatches(field)
	if len(ports) == 0 {
		return addresses
	}
	var matches []string
	for _, port := range ports {
		protocol := protocolOf(port)
		if port.Port == nil || port.Port.Type == intstr.Int {
			matches = append(matches, combine(addresses, portMatch(protocol, port))...)
			continue
		}
		for _, found := range find(port.Port.StrVal, protocol) {
			match := fmt.Sprintf("%s dport %d", protocol, found.number)
			if found.only.IsValid() {
				matches = append(matches, fmt.Sprintf("ip %s %s %s", field, found.only, match))
			} else {
				matches = append(matches, combine(addresses, match)...)
			}
		}
	}
	return matches
}

func combine(addresses []string, match string) []string {
	matches := make([]string, 0, len(addresses))
	for _, address := range addresses {
		matches = append(matches, strings.TrimSpace(address+" "+match))
	}
	return matches
}

func portMatch(protocol string, port networkingv1.NetworkPolicyPort) string {
	switch {
	case port.Port == nil:
		return "meta l4proto " + protocol
	case port.EndPort != nil:
		return fmt.Sprintf("%s dport %d-%d", protocol, port.Port.IntVal, *port.EndPort)
	default:
		return fmt.Sprintf("%s dport %d", protocol, port.Port.IntVal)
	}
}

func protocolOf(port networkingv1.NetworkPolicyPort) string {
	if port.Protocol == nil {
		return "tcp"
	}
	return strings.ToLower(string(*port.Protocol))
}

// namedPort finds a container port by name and protocol; 0 when the pod has none.
func namedPort(pod *corev1.Pod, name, protocol string) int32 {
	for _, container := range slices.Concat(pod.Spec.InitContainers, pod.Spec.Containers) {
		for _, port := range container.Ports {
			of := string(port.Protocol)
			if of == "" {
				of = "TCP"
			}
			if port.Name == name && strings.EqualFold(of, protocol) {
				return port.ContainerPort
			}
		}
	}
	return 0
}
