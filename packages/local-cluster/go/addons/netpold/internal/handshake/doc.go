// Package handshake is how a pod gets its rules before it runs.
//
// As the last CNI plugin of the chain, netpold knows a new pod's address before the API
// server does. The plugin tells it to the daemon over a Unix socket and waits for the
// answer "ok", which comes when the rules are loaded; any other answer, or none, fails the
// pod's sandbox, and the kubelet tries again.
package handshake
