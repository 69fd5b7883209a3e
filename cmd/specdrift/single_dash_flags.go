package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// withDoubleDashes allows a flag to be written with one dash, as with Go's own commands: -merge for --merge. A shorthand
// keeps its meaning: this applies only to the full name of a flag of the command.
func withDoubleDashes(root *cobra.Command, args []string) []string {
	args = withDoubleDashesOf(root, args) // before looking for a command after them
	cmd, _, err := root.Find(args)
	if err != nil {
		return args
	}
	return withDoubleDashesOf(cmd, args)
}

func withDoubleDashesOf(cmd *cobra.Command, args []string) []string {
	out := make([]string, len(args))
	for i, arg := range args {
		if arg == "--" {
			copy(out[i:], args[i:])
			break
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && len(name) > 1 && name[0] != '-' && cmd.Flag(name) != nil {
			arg = "-" + arg
		}
		out[i] = arg
	}
	return out
}
