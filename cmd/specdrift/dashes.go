package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// twoDashes lets a flag be written with one dash, as those of Go's own commands are: -merge for --merge. A shorthand keeps
// its meaning: only the whole name of a flag that the command has is read so.
func twoDashes(root *cobra.Command, args []string) []string {
	cmd, _, err := root.Find(args)
	if err != nil {
		return args
	}
	known := func(name string) bool {
		var flag *pflag.Flag
		if flag = cmd.Flags().Lookup(name); flag == nil {
			flag = cmd.InheritedFlags().Lookup(name)
		}
		return flag != nil
	}
	out := make([]string, len(args))
	for i, arg := range args {
		if arg == "--" {
			copy(out[i:], args[i:])
			break
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && len(name) > 1 && name[0] != '-' && known(name) {
			arg = "-" + arg
		}
		out[i] = arg
	}
	return out
}
