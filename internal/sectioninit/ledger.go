package sectioninit

import (
	"bytes"
	"fmt"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// ledger writes the corrections as the entries of a ledger.
func (c *corrections) ledger(spec string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# Every place where %s departs from the documentation on purpose. `specdrift check` holds each entry against both.\n", spec)
	if len(c.list) == 0 {
		out.WriteString("[]\n")
		return out.Bytes()
	}
	out.WriteString("#\n# These were written by `specdrift init`: what the pages say there contradicts itself, so that a spec cannot hold it.\n")
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, e := range c.list {
		entry := oas.Mapping("id", oas.String(e.id), "page", oas.ListOf(e.operations...))
		if e.version != "" {
			oas.Put(entry, "version", oas.Quoted(e.version))
		}
		oas.Put(entry, "place", oas.String(string(e.place)))
		oas.Put(entry, "docs_says", ledgerValue(e.aspect, e.docs))
		oas.Put(entry, "spec_says", ledgerValue(e.aspect, e.spec))
		oas.Put(entry, "why", oas.String(e.why))
		oas.Put(entry, "evidence", oas.String(fmt.Sprintf("The page of %s: line %d of %s.", e.operations[0], e.pos.Line, filepath.Base(e.pos.File))))
		oas.Put(entry, "wire", oas.String(e.wireEffect()))
		oas.Put(entry, "since", oas.String(c.today.Format(time.DateOnly)))
		oas.Put(entry, "review_by", oas.String(c.today.AddDate(0, 6, 0).Format(time.DateOnly)))
		list.Content = append(list.Content, entry)
	}
	data, err := facts.EncodeYAML(list)
	if err != nil {
		panic(err) // all nodes were created here
	}
	out.Write(data)
	return out.Bytes()
}

// wireEffect returns what a correction changes about requests and responses.
func (d difference) wireEffect() string {
	if d.aspect == facts.Server || d.aspect == facts.Servers {
		return "calls go to the server of the other operations"
	}
	if d.place == anyAnswer {
		return "none; every answer is handled by the class of its status"
	}
	if d.aspect == facts.Present || d.aspect == facts.Path {
		return "none; the name of a parameter of a path is not sent"
	}
	if d.aspect == facts.Union || d.aspect == facts.Discriminator {
		return "none; the same values are sent and read"
	}
	return "none; an example, a default or an enum value that no message can have is left out"
}

// ledgerValue writes the value of an aspect as drift.ReadLedger reads it.
func ledgerValue(aspect facts.Aspect, value string) *yaml.Node {
	node := oas.Mapping()
	switch {
	case aspect == facts.Present && value == "":
		return oas.String("absent")
	case aspect == facts.Present:
		oas.Put(node, "present", oas.Bool(value == "true"))
	case aspect == facts.Enum && value != "":
		list := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range facts.Texts(value) {
			list.Content = append(list.Content, oas.Quoted(item))
		}
		oas.Put(node, string(aspect), list)
	case aspect.IsKeyword() && value != "": // it is JSON
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(value), &document); err != nil {
			panic(err) // the reader of facts wrote it
		}
		oas.Put(node, string(aspect), document.Content[0])
	case value != "":
		oas.Put(node, string(aspect), oas.Quoted(value))
	}
	node.Style = yaml.FlowStyle
	return node
}
