package main

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"time"
)

// page writes the tables.
func page(made []client, measured results) ([]byte, error) {
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	row := func(name string, cell func(i int) string) {
		cells := []string{name}
		for i := range generators {
			cells = append(cells, cell(i))
		}
		line("| %s |", strings.Join(cells, " | "))
	}
	head := func(title string) {
		row(title, func(i int) string { return generators[i].name })
		line("|---%s", strings.Repeat("|---", len(generators))+"|")
	}

	line("# Generators compared\n")
	line("`make bench-generators` wrote this on %s with %s on %s/%s. The document is `internal/bench/generators/testdata/orders.yaml`:", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	line("three operations on orders of a shop. All clients are generated, built and measured in one run.\n")
	versions, err := versions()
	if err != nil {
		return nil, err
	}
	head("")
	row("version", func(i int) string { return versions[i] })
	row("lines", func(i int) string { return fmt.Sprint(made[i].lines) })
	row("exported names", func(i int) string { return fmt.Sprint(made[i].exported) })
	row("time to generate", func(i int) string { return fmt.Sprint(made[i].took.Round(time.Millisecond)) })

	line("\n## Speed\n")
	line("The median of each, the clients in random turns; in brackets how many times ours it is, and the allocations. Calls go over loopback;")
	line("this project's client has no budget here, and reads the whole answer and bounds it, as always.\n")
	head("")
	for _, c := range measured.Calls {
		row(c.Name, func(i int) string {
			took := time.Duration(c.Nanoseconds[i]).Round(time.Microsecond)
			return fmt.Sprintf("%s (%.2f; %.0f)", took, c.Nanoseconds[i]/c.Nanoseconds[0], c.Allocations[i])
		})
	}

	line("\n## Answers that are not as documented\n")
	line("Each answer is a 200 to `listOrders`. What did not fit is told when the caller can see that.\n")
	head("")
	for _, h := range measured.Hostile {
		row(h.Name, func(i int) string { return h.Outcomes[i] })
	}
	return b.Bytes(), nil
}

// versions returns what each generator is.
func versions() ([]string, error) {
	var list []string
	for _, g := range generators {
		name, args := "go", []string{"list", "-m", "-f", "{{.Version}}", g.module}
		if g.module == "" {
			name, args = "git", []string{"rev-parse", "--short", "HEAD"}
		}
		out, err := output(".", name, args...)
		if err != nil {
			return nil, err
		}
		list = append(list, strings.TrimSpace(string(out)))
	}
	return list, nil
}
