package handshake

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"
)

const (
	dialTimeout = 5 * time.Second
	// answerTimeout covers the daemon's own wait for the pod and the loading of rules.
	answerTimeout = 15 * time.Second
	// errorCode is the first of those that the CNI specification leaves to plugins.
	errorCode = 100
)

// Call is one call of the CNI plugin, as the runtime makes it.
type Call struct {
	// Command and Arguments are CNI_COMMAND and CNI_ARGS.
	Command, Arguments string
	Input              io.Reader
	Output             io.Writer
}

// RunPlugin answers a call of the CNI plugin and returns its exit code.
func RunPlugin(call Call) int {
	switch call.Command {
	case "VERSION":
		fmt.Fprintln(call.Output, `{"cniVersion":"1.0.0","supportedVersions":["0.4.0","1.0.0"]}`)
		return 0
	case "ADD":
		if err := add(call); err != nil {
			fmt.Fprintf(call.Output, `{"cniVersion":"1.0.0","code":%d,"msg":%q}`+"\n", errorCode, err.Error())
			return 1
		}
	}
	// DEL and CHECK: rules follow the pods that the API server has.
	return 0
}

type configuration struct {
	Socket   string          `json:"socket"`
	Previous json.RawMessage `json:"prevResult"`
}

func add(call Call) error {
	var config configuration
	if err := json.NewDecoder(call.Input).Decode(&config); err != nil {
		return fmt.Errorf("can't read the configuration: %w", err)
	}
	address, err := firstAddress(config.Previous)
	if err != nil {
		return err
	}
	arguments := parseArguments(call.Arguments)
	pod := Pod{Namespace: arguments["K8S_POD_NAMESPACE"], Name: arguments["K8S_POD_NAME"]}
	if err := announce(config.Socket, pod, address); err != nil {
		return err
	}
	_, err = call.Output.Write(config.Previous)
	return err
}

func firstAddress(result json.RawMessage) (netip.Addr, error) {
	var parsed struct {
		IPs []struct {
			Address netip.Prefix `json:"address"`
		} `json:"ips"`
	}
	if err := json.Unmarshal(result, &parsed); err != nil {
		return netip.Addr{}, fmt.Errorf("can't read prevResult: %w", err)
	}
	if len(parsed.IPs) == 0 {
		return netip.Addr{}, errors.New("prevResult has no address")
	}
	return parsed.IPs[0].Address.Addr(), nil
}

// parseArguments reads `A=1;B=2`.
func parseArguments(text string) map[string]string {
	arguments := map[string]string{}
	for _, pair := range strings.Split(text, ";") {
		if key, value, ok := strings.Cut(pair, "="); ok {
			arguments[key] = value
		}
	}
	return arguments
}

func announce(socket string, pod Pod, address netip.Addr) error {
	connection, err := net.DialTimeout("unix", socket, dialTimeout)
	if err != nil {
		return fmt.Errorf("netpold doesn't answer: %w", err)
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(answerTimeout)); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(connection, pod.Namespace, pod.Name, address); err != nil {
		return err
	}
	answer, err := bufio.NewReader(connection).ReadString('\n')
	if err != nil {
		return fmt.Errorf("netpold doesn't answer for pod %s: %w", pod, err)
	}
	if answer = strings.TrimSpace(answer); answer != "ok" {
		return fmt.Errorf("netpold refuses pod %s: %s", pod, answer)
	}
	return nil
}
