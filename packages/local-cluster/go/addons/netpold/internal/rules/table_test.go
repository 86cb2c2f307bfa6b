package rules

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const (
	ingress = networkingv1.PolicyTypeIngress
	egress  = networkingv1.PolicyTypeEgress
)

func pod(namespace, name, address string, labels map[string]string, ports ...corev1.ContainerPort) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, Labels: labels},
		Spec:       corev1.PodSpec{Containers: []corev1.Container{{Ports: ports}}},
		Status:     corev1.PodStatus{Phase: corev1.PodRunning, PodIP: address, PodIPs: []corev1.PodIP{{IP: address}}},
	}
}

func namespace(name string) *corev1.Namespace {
	labels := map[string]string{"kubernetes.io/metadata.name": name}
	return &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: labels}}
}

func policy(name string, spec networkingv1.NetworkPolicySpec) *networkingv1.NetworkPolicy {
	return &networkingv1.NetworkPolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: name}, Spec: spec}
}

func app(name string) map[string]string { return map[string]string{"app": name} }

func choose(labels map[string]string) *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: labels}
}

func inNamespace(name string) *metav1.LabelSelector {
	return choose(map[string]string{"kubernetes.io/metadata.name": name})
}

func port(value intstr.IntOrString) networkingv1.NetworkPolicyPort {
	return networkingv1.NetworkPolicyPort{Port: &value}
}

func portRange(from, to int32) networkingv1.NetworkPolicyPort {
	start := intstr.FromInt32(from)
	return networkingv1.NetworkPolicyPort{Port: &start, EndPort: &to}
}

func udp(p networkingv1.NetworkPolicyPort) networkingv1.NetworkPolicyPort {
	protocol := corev1.ProtocolUDP
	p.Protocol = &protocol
	return p
}

// cluster is a shop with a database, beside another shop and the cluster's own pods.
func cluster(policies ...*networkingv1.NetworkPolicy) Objects {
	http := corev1.ContainerPort{Name: "http", ContainerPort: 9000, Protocol: corev1.ProtocolTCP}
	dns := corev1.ContainerPort{Name: "dns", ContainerPort: 53, Protocol: corev1.ProtocolUDP}
	return Objects{
		Pods: []*corev1.Pod{
			pod("shop", "api", "10.42.0.10", app("api"), http),
			pod("shop", "database", "10.42.0.11", app("database")),
			pod("other", "api", "10.42.0.20", app("api"), http),
			pod("kube-system", "dns", "10.42.0.2", app("dns"), dns),
			pod("kube-system", "traefik", "10.42.0.3", app("traefik")),
		},
		Namespaces: []*corev1.Namespace{namespace("shop"), namespace("other"), namespace("kube-system")},
		Policies:   policies,
	}
}

// chainOf returns the rules of a chain, or nil when there is none.
func chainOf(table, name string) []string {
	found := regexp.MustCompile(`(?s)\n  chain ` + name + ` \{[^\n]*\n(.*?)\n  \}`).FindStringSubmatch(table)
	if found == nil {
		return nil
	}
	var lines []string
	for _, line := range strings.Split(found[1], "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

func TestRender(t *testing.T) {
	from := func(peers ...networkingv1.NetworkPolicyPeer) networkingv1.NetworkPolicyIngressRule {
		return networkingv1.NetworkPolicyIngressRule{From: peers}
	}
	to := func(peers ...networkingv1.NetworkPolicyPeer) networkingv1.NetworkPolicyEgressRule {
		return networkingv1.NetworkPolicyEgressRule{To: peers}
	}
	intoDatabase := func(rules ...networkingv1.NetworkPolicyIngressRule) networkingv1.NetworkPolicySpec {
		return networkingv1.NetworkPolicySpec{
			PodSelector: *choose(app("database")), PolicyTypes: []networkingv1.PolicyType{ingress}, Ingress: rules,
		}
	}
	intoAPI := func(rules ...networkingv1.NetworkPolicyIngressRule) networkingv1.NetworkPolicySpec {
		return networkingv1.NetworkPolicySpec{
			PodSelector: *choose(app("api")), PolicyTypes: []networkingv1.PolicyType{ingress}, Ingress: rules,
		}
	}
	outOfAPI := func(rules ...networkingv1.NetworkPolicyEgressRule) networkingv1.NetworkPolicySpec {
		return networkingv1.NetworkPolicySpec{
			PodSelector: *choose(app("api")), PolicyTypes: []networkingv1.PolicyType{egress}, Egress: rules,
		}
	}
	ingressPorts := func(rule networkingv1.NetworkPolicyIngressRule, ports ...networkingv1.NetworkPolicyPort) networkingv1.NetworkPolicyIngressRule {
		rule.Ports = ports
		return rule
	}
	egressPorts := func(rule networkingv1.NetworkPolicyEgressRule, ports ...networkingv1.NetworkPolicyPort) networkingv1.NetworkPolicyEgressRule {
		rule.Ports = ports
		return rule
	}
	const intoDatabaseChain, intoAPIChain, outOfAPIChain = "in_10_42_0_11", "in_10_42_0_10", "eg_10_42_0_10"

	tests := []struct {
		name  string
		spec  networkingv1.NetworkPolicySpec
		chain string
		want  []string
	}{
		{
			"drops everything when no rule allows it",
			intoDatabase(), intoDatabaseChain,
			[]string{"counter drop"},
		},
		{
			"leaves a direction alone that the policy isn't about",
			intoDatabase(), "eg_10_42_0_11",
			nil,
		},
		{
			"leaves pods alone that the policy doesn't select",
			intoDatabase(), intoAPIChain,
			nil,
		},
		{
			"leaves pods of the same labels in another namespace alone",
			outOfAPI(), "eg_10_42_0_20",
			nil,
		},
		{
			"allows anything by a rule without peers and ports",
			intoDatabase(from()), intoDatabaseChain,
			[]string{"return", "counter drop"},
		},
		{
			"takes a pod selector alone as pods of the policy's namespace",
			intoDatabase(ingressPorts(from(networkingv1.NetworkPolicyPeer{PodSelector: choose(app("api"))}), port(intstr.FromInt32(5432)))), intoDatabaseChain,
			[]string{"ip saddr { 10.42.0.10 } tcp dport 5432 return", "counter drop"},
		},
		{
			"takes a namespace selector alone as all pods of those namespaces",
			intoDatabase(from(networkingv1.NetworkPolicyPeer{NamespaceSelector: inNamespace("kube-system")})), intoDatabaseChain,
			[]string{"ip saddr { 10.42.0.2, 10.42.0.3 } return", "counter drop"},
		},
		{
			"wants both of a namespace and a pod selector in one peer",
			intoDatabase(from(networkingv1.NetworkPolicyPeer{NamespaceSelector: inNamespace("kube-system"), PodSelector: choose(app("traefik"))})), intoDatabaseChain,
			[]string{"ip saddr { 10.42.0.3 } return", "counter drop"},
		},
		{
			"takes either of two peers",
			intoDatabase(from(
				networkingv1.NetworkPolicyPeer{PodSelector: choose(app("api"))},
				networkingv1.NetworkPolicyPeer{NamespaceSelector: inNamespace("other")},
			)), intoDatabaseChain,
			[]string{"ip saddr { 10.42.0.10, 10.42.0.20 } return", "counter drop"},
		},
		{
			"takes an empty namespace selector as every pod",
			intoDatabase(from(networkingv1.NetworkPolicyPeer{NamespaceSelector: choose(nil), PodSelector: choose(app("api"))})), intoDatabaseChain,
			[]string{"ip saddr { 10.42.0.10, 10.42.0.20 } return", "counter drop"},
		},
		{
			"allows nothing when no pod is such a peer",
			intoDatabase(from(networkingv1.NetworkPolicyPeer{PodSelector: choose(app("nobody"))})), intoDatabaseChain,
			[]string{"counter drop"},
		},
		{
			"takes out the exceptions of a range of addresses",
			outOfAPI(to(networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: "0.0.0.0/0", Except: []string{"10.0.0.0/8", "192.168.0.0/16"}}})), outOfAPIChain,
			[]string{"ip daddr 0.0.0.0/0 ip daddr != { 10.0.0.0/8, 192.168.0.0/16 } return", "counter drop"},
		},
		{
			"ignores ranges of IPv6",
			outOfAPI(to(networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: "::/0"}})), outOfAPIChain,
			[]string{"counter drop"},
		},
		{
			"takes a range of ports",
			outOfAPI(egressPorts(to(networkingv1.NetworkPolicyPeer{PodSelector: choose(app("database"))}), portRange(8000, 8100))), outOfAPIChain,
			[]string{"ip daddr { 10.42.0.11 } tcp dport 8000-8100 return", "counter drop"},
		},
		{
			"takes a protocol without a port as all its ports",
			outOfAPI(egressPorts(to(), udp(networkingv1.NetworkPolicyPort{}))), outOfAPIChain,
			[]string{"meta l4proto udp return", "counter drop"},
		},
		{
			"looks up a port's name in the selected pod for ingress",
			intoAPI(ingressPorts(from(), port(intstr.FromString("http")))), intoAPIChain,
			[]string{"tcp dport 9000 return", "counter drop"},
		},
		{
			"looks up a port's name in each peer for egress",
			outOfAPI(egressPorts(to(networkingv1.NetworkPolicyPeer{NamespaceSelector: inNamespace("kube-system")}), udp(port(intstr.FromString("dns"))))), outOfAPIChain,
			[]string{"ip daddr 10.42.0.2 udp dport 53 return", "counter drop"},
		},
		{
			"allows nothing by a port's name under another protocol",
			outOfAPI(egressPorts(to(networkingv1.NetworkPolicyPeer{NamespaceSelector: inNamespace("kube-system")}), port(intstr.FromString("dns")))), outOfAPIChain,
			[]string{"counter drop"},
		},
		{
			"takes a policy without types as one of ingress",
			networkingv1.NetworkPolicySpec{PodSelector: *choose(nil)}, intoDatabaseChain,
			[]string{"counter drop"},
		},
		{
			"takes a policy without types that has egress rules as one of both",
			networkingv1.NetworkPolicySpec{PodSelector: *choose(nil), Egress: []networkingv1.NetworkPolicyEgressRule{to()}}, outOfAPIChain,
			[]string{"return", "counter drop"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table := Render(cluster(policy("tested", test.spec)))
			if got := chainOf(table, test.chain); !slices.Equal(got, test.want) {
				t.Errorf("chain %s is\n%q, want\n%q in\n%s", test.chain, got, test.want, table)
			}
			jump := ": jump " + test.chain
			if hasJump := strings.Contains(table, jump); hasJump != (test.want != nil) {
				t.Errorf("the maps have %q: %t in\n%s", jump, hasJump, table)
			}
		})
	}
}

func TestRenderAddsUpPolicies(t *testing.T) {
	allow := func(name, from string) *networkingv1.NetworkPolicy {
		return policy(name, networkingv1.NetworkPolicySpec{
			PodSelector: *choose(app("database")), PolicyTypes: []networkingv1.PolicyType{ingress},
			Ingress: []networkingv1.NetworkPolicyIngressRule{{From: []networkingv1.NetworkPolicyPeer{
				{NamespaceSelector: choose(nil), PodSelector: choose(app(from))},
			}}},
		})
	}
	got := chainOf(Render(cluster(allow("b", "traefik"), allow("a", "dns"))), "in_10_42_0_11")
	want := []string{"ip saddr { 10.42.0.2 } return", "ip saddr { 10.42.0.3 } return", "counter drop"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRenderIsTheSameWhateverTheOrder(t *testing.T) {
	spec := networkingv1.NetworkPolicySpec{PodSelector: *choose(nil), PolicyTypes: []networkingv1.PolicyType{ingress, egress}}
	objects := cluster(policy("a", spec), policy("b", spec))
	want := Render(objects)
	slices.Reverse(objects.Pods)
	slices.Reverse(objects.Policies)
	if got := Render(objects); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

func TestRenderLeavesOutPodsWithoutANetworkOfTheirOwn(t *testing.T) {
	denyAll := policy("deny", networkingv1.NetworkPolicySpec{PodSelector: *choose(nil), PolicyTypes: []networkingv1.PolicyType{ingress}})
	tests := map[string]func(*corev1.Pod){
		"on the host's network": func(p *corev1.Pod) { p.Spec.HostNetwork = true },
		"that succeeded":        func(p *corev1.Pod) { p.Status.Phase = corev1.PodSucceeded },
		"that failed":           func(p *corev1.Pod) { p.Status.Phase = corev1.PodFailed },
		"without an address":    func(p *corev1.Pod) { p.Status.PodIPs = nil },
		"with IPv6 only":        func(p *corev1.Pod) { p.Status.PodIPs = []corev1.PodIP{{IP: "fd00::1"}} },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			objects := cluster(denyAll)
			change(objects.Pods[1])
			table := Render(objects)
			if strings.Contains(table, "10.42.0.11") || strings.Contains(table, "fd00") {
				t.Errorf("the pod has rules in\n%s", table)
			}
		})
	}
}

func TestRenderTakesTheYoungerOfTwoPodsWithOneAddress(t *testing.T) {
	objects := cluster(policy("deny", networkingv1.NetworkPolicySpec{
		PodSelector: *choose(app("database")), PolicyTypes: []networkingv1.PolicyType{ingress},
	}))
	younger := pod("shop", "younger", "10.42.0.11", app("database"))
	younger.CreationTimestamp = metav1.Now()
	objects.Pods = append([]*corev1.Pod{younger}, objects.Pods...)
	table := Render(objects)
	if strings.Count(table, "10.42.0.11 :") != 1 || !strings.Contains(table, "# shop/younger") {
		t.Errorf("want one chain, of the younger pod, in\n%s", table)
	}
}

func TestNftAcceptsTheTable(t *testing.T) {
	nft, err := exec.LookPath("nft")
	if err != nil || os.Getuid() != 0 {
		t.Skip("wants nft and root")
	}
	objects := cluster(policy("all", networkingv1.NetworkPolicySpec{
		PodSelector: *choose(nil),
		PolicyTypes: []networkingv1.PolicyType{ingress, egress},
		Ingress: []networkingv1.NetworkPolicyIngressRule{
			{},
			{From: []networkingv1.NetworkPolicyPeer{{PodSelector: choose(app("api"))}}, Ports: []networkingv1.NetworkPolicyPort{portRange(80, 90), udp(networkingv1.NetworkPolicyPort{})}},
		},
		Egress: []networkingv1.NetworkPolicyEgressRule{
			{To: []networkingv1.NetworkPolicyPeer{{IPBlock: &networkingv1.IPBlock{CIDR: "0.0.0.0/0", Except: []string{"10.0.0.0/8"}}}}},
			{Ports: []networkingv1.NetworkPolicyPort{udp(port(intstr.FromString("dns")))}},
		},
	}))
	for name, script := range map[string]string{"rules": Render(objects), "no rules": Render(Objects{}), "removal": Removal()} {
		command := exec.Command(nft, "--check", "--file", "-")
		command.Stdin = strings.NewReader(script)
		if output, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s in\n%s", name, err, output, script)
		}
	}
}
