package main

import (
	"fmt"
	"os"
)

func file(out *os.File, args []string) int {
	var err error
	switch {
	case args[0] == "write" && len(args) == 3:
		err = os.WriteFile(args[1], []byte(args[2]), 0o644)
	case args[0] == "read" && len(args) == 2:
		var content []byte
		if content, err = os.ReadFile(args[1]); err == nil {
			fmt.Fprintln(out, string(content))
		}
	default:
		fmt.Fprintln(out, usage)
		return 2
	}
	if err != nil {
		fmt.Fprintln(out, err)
		return 1
	}
	return 0
}
