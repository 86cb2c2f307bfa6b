// Package rules turns pods, namespaces and network policies into one nftables table.
//
// It is pure: the same objects give the same text, whatever their order. Only IPv4 is
// covered, and pods on the host's network have no rules, as the API documentation allows.
//
// A pod that a policy selects for a direction has a chain for it, reached by its address
// through a verdict map. The chain returns for what a rule allows and drops all else. Pods
// that no policy selects appear in no map. Egress is checked on what is forwarded and on
// what is addressed to the node itself (the API server), ingress on what is forwarded:
// the node's own traffic to its pods, the kubelet's probes, is never filtered. Only reply
// packets pass unchecked, so that a new policy also cuts connections that exist already.
package rules
