package rules

import (
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// direction is what policies say about one direction of a pod's traffic.
type direction struct {
	// isolated: a policy selects the pod, so only what matches is allowed.
	isolated bool
	// matches are nft expressions, each of which allows a packet.
	matches []string
}

type isolation struct{ ingress, egress direction }

// isolationOf adds up all policies that select a pod.
func (x *index) isolationOf(target endpoint) isolation {
	var result isolation
	for _, policy := range x.policies {
		if policy.Namespace != target.pod.Namespace || !selects(&policy.Spec.PodSelector, target.pod.Labels) {
			continue
		}
		types := policyTypes(policy)
		if slices.Contains(types, networkingv1.PolicyTypeIngress) {
			result.ingress.isolated = true
			for _, rule := range policy.Spec.Ingress {
				matches := x.ingressMatches(policy.Namespace, rule, target)
				result.ingress.matches = append(result.ingress.matches, matches...)
			}
		}
		if slices.Contains(types, networkingv1.PolicyTypeEgress) {
			result.egress.isolated = true
			for _, rule := range policy.Spec.Egress {
				matches := x.egressMatches(policy.Namespace, rule)
				result.egress.matches = append(result.egress.matches, matches...)
			}
		}
	}
	return result
}

// policyTypes applies the API's default for a policy that names none.
func policyTypes(policy *networkingv1.NetworkPolicy) []networkingv1.PolicyType {
	if len(policy.Spec.PolicyTypes) > 0 {
		return policy.Spec.PolicyTypes
	}
	types := []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
	if len(policy.Spec.Egress) > 0 {
		types = append(types, networkingv1.PolicyTypeEgress)
	}
	return types
}

func (x *index) ingressMatches(namespace string, rule networkingv1.NetworkPolicyIngressRule, target endpoint) []string {
	from := x.resolve(namespace, rule.From)
	// A port's name is one of the selected pod's own.
	return matchesOf("saddr", from, rule.Ports, func(name, protocol string) []portOf {
		if number := namedPort(target.pod, name, protocol); number != 0 {
			return []portOf{{number: number}}
		}
		return nil
	})
}

func (x *index) egressMatches(namespace string, rule networkingv1.NetworkPolicyEgressRule) []string {
	to := x.resolve(namespace, rule.To)
	// A port's name is looked up in each peer: it may be another number in each.
	return matchesOf("daddr", to, rule.Ports, func(name, protocol string) []portOf {
		var ports []portOf
		for _, peer := range to.endpoints {
			if number := namedPort(peer.pod, name, protocol); number != 0 {
				ports = append(ports, portOf{number: number, only: peer.address})
			}
		}
		return ports
	})
}

func selects(selector *metav1.LabelSelector, set labels.Set) bool {
	parsed, err := metav1.LabelSelectorAsSelector(selector)
	return err == nil && parsed.Matches(set)
}
