// Package nftables loads rules into the kernel by the nft program.
package nftables

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// Loader runs nft.
type Loader struct {
	// Program is the name or path of nft.
	Program string
}

// Load carries a script out in one transaction: all of it or nothing.
func (l Loader) Load(ctx context.Context, script string) error {
	command := exec.CommandContext(ctx, l.Program, "-f", "-")
	command.Stdin = strings.NewReader(script)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", l.Program, err, bytes.TrimSpace(output))
	}
	return nil
}
