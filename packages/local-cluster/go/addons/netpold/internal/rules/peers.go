package rules

import (
	"fmt"
	"net/netip"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// peers are the other side of a rule.
type peers struct {
	// anywhere: the rule names no peer, so any address will do.
	anywhere bool
	// endpoints are the pods that selectors name, or all pods for a rule without peers.
	endpoints []endpoint
	blocks    []block
}

// block is a range of addresses without some parts of it.
type block struct {
	prefix netip.Prefix
	except []netip.Prefix
}

// resolve finds the peers that a rule of a policy in this namespace names.
func (x *index) resolve(namespace string, named []networkingv1.NetworkPolicyPeer) peers {
	if len(named) == 0 {
		return peers{anywhere: true, endpoints: x.endpoints}
	}
	var result peers
	for _, peer := range named {
		if peer.IPBlock != nil {
			if parsed, ok := parseBlock(*peer.IPBlock); ok {
				result.blocks = append(result.blocks, parsed)
			}
		}
	}
	for _, candidate := range x.endpoints {
		for _, peer := range named {
			if peer.IPBlock == nil && x.isPeer(namespace, peer, candidate) {
				result.endpoints = append(result.endpoints, candidate)
				break
			}
		}
	}
	return result
}

func (x *index) isPeer(namespace string, peer networkingv1.NetworkPolicyPeer, candidate endpoint) bool {
	if peer.NamespaceSelector == nil {
		if candidate.pod.Namespace != namespace {
			return false
		}
	} else if !selects(peer.NamespaceSelector, x.namespaceLabels[candidate.pod.Namespace]) {
		return false
	}
	return peer.PodSelector == nil || selects(peer.PodSelector, labels.Set(candidate.pod.Labels))
}

// parseBlock leaves out IPv6: no pod has such an address here.
func parseBlock(from networkingv1.IPBlock) (block, bool) {
	prefix, err := netip.ParsePrefix(from.CIDR)
	if err != nil || !prefix.Addr().Is4() {
		return block{}, false
	}
	result := block{prefix: prefix.Masked()}
	for _, text := range from.Except {
		if except, err := netip.ParsePrefix(text); err == nil && except.Addr().Is4() {
			result.except = append(result.except, except.Masked())
		}
	}
	return result, true
}

// addressMatches are nft expressions of which one must hold; an empty one holds for any
// address, and none at all means that no peer is there.
func (p peers) addressMatches(field string) []string {
	if p.anywhere {
		return []string{""}
	}
	var matches []string
	for _, b := range p.blocks {
		match := fmt.Sprintf("ip %s %s", field, b.prefix)
		if len(b.except) > 0 {
			match += fmt.Sprintf(" ip %s != { %s }", field, join(b.except))
		}
		matches = append(matches, match)
	}
	if len(p.endpoints) > 0 {
		addresses := make([]netip.Addr, 0, len(p.endpoints))
		for _, e := range p.endpoints {
			addresses = append(addresses, e.address)
		}
		matches = append(matches, fmt.Sprintf("ip %s { %s }", field, join(addresses)))
	}
	return matches
}

func join[T fmt.Stringer](values []T) string {
	texts := make([]string, 0, len(values))
	for _, value := range values {
		texts = append(texts, value.String())
	}
	return strings.Join(texts, ", ")
}
