package sectioninit

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// draft is the first curated spec.
type draft struct {
	document *yaml.Node
	section  *Section
	// operations are the nodes of the operations, in the order of the document.
	operations []operation
}

type operation struct {
	node         *yaml.Node
	method, path string
}

// at returns the keys that lead to the operation in the spec.
func (o operation) at() []string { return []string{"paths", o.path, o.method} }

const headComment = `The section %[1]s of the HighLevel API, as this project holds it to be true.

Begun by "specdrift init" and curated by hand from then on. "specdrift check --section %[1]s" compares it with %[1]s/docs, which records what the
documentation said when its pages were last accepted; where the two differ on purpose, %[1]s/deviations.yaml says why. "go generate" makes
the client in api/%[2]s from this file. %[1]s/REVIEW.md lists what to look at by hand; the extensions that shape the client are in gen/README.md.`

// toDescribe is the placeholder for a description that a person has to write: those of the documentation belong to its
// publisher.
const toDescribe = "To be described."

func newDraft(name string, s *Section, c *corrections) (*draft, error) {
	document, err := facts.Write(c.operations, facts.WriteOptions{
		Title: "HighLevel API, " + name, Version: documentVersion(s.Records), Prose: true, Comment: fmt.Sprintf(headComment, name, s.Package),
	})
	if err != nil {
		return nil, err
	}
	d := &draft{document: document, section: s}
	for path, item := range oas.Pairs(oas.Child(document, "paths")) {
		for method, op := range oas.Pairs(item) {
			d.operations = append(d.operations, operation{op, method.Value, path.Value})
		}
	}
	oas.Put(oas.Child(document, "info"), "description", oas.String(fmt.Sprintf("The operations of the section %s. %s", name, toDescribe)))
	d.dropRemarks(document)
	d.laterTypes()
	d.servers()
	d.security()
	var unversioned []operation
	for _, op := range d.operations {
		d.describe(op, c.marks[oas.Text(oas.Child(op.node, "operationId"))])
		if !d.fromClient(op) {
			unversioned = append(unversioned, op)
		}
	}
	d.reviewVersions(unversioned)
	d.hoist()
	return d, nil
}

// documentVersion returns the newest API version of the records.
func documentVersion(records []*facts.Document) string {
	version := ""
	for _, record := range records {
		if version == "" || newer(record.Version, version) {
			version = record.Version
		}
	}
	if version == "" {
		return "1"
	}
	return version
}

func (d *draft) encode() ([]byte, error) { return facts.EncodeYAML(d.document) }

// dropRemarks removes what only a record needs. What is uncertain is in REVIEW.md.
func (d *draft) dropRemarks(node *yaml.Node) {
	if node.Kind == yaml.MappingNode {
		oas.Delete(node, "x-uncertain", "x-composed", "x-sample")
	}
	for _, inner := range node.Content {
		d.dropRemarks(inner)
	}
}

// laterTypes converts the document to OpenAPI 3.1 if a schema has several types or another keyword that 3.0 lacks.
func (d *draft) laterTypes() {
	const between = " | "
	isLater := false
	eachMapping(d.document, func(node *yaml.Node) {
		if kind := oas.Child(node, "type"); kind != nil && strings.Contains(kind.Value, between) {
			*kind, isLater = *oas.ListOf(strings.Split(kind.Value, between)...), true
		}
	})
	for _, op := range d.operations {
		eachMapping(op.node, func(node *yaml.Node) {
			isLater = isLater || oas.Child(node, "dependentRequired") != nil || oas.Child(node, "const") != nil || oas.Child(node, "prefixItems") != nil || isList(oas.Child(node, "examples"))
		})
	}
	if !isLater {
		return
	}
	oas.Child(d.document, "openapi").Value = "3.1.0"
	eachMapping(d.document, func(node *yaml.Node) { // OpenAPI 3.1 has the type null instead of nullable
		kind := oas.Child(node, "type")
		if !oas.IsTrue(oas.Child(node, "nullable")) || kind == nil {
			return
		}
		oas.Delete(node, "nullable")
		if kind.Kind == yaml.ScalarNode {
			*kind = *oas.ListOf(kind.Value)
		}
		kind.Content = append(kind.Content, oas.Quoted("null"))
	})
}

func isList(node *yaml.Node) bool { return node != nil && node.Kind == yaml.SequenceNode }

func eachMapping(node *yaml.Node, visit func(*yaml.Node)) {
	if node == nil {
		return
	}
	if node.Kind == yaml.MappingNode {
		visit(node)
	}
	for _, inner := range node.Content {
		eachMapping(inner, visit)
	}
}

// servers moves the server that most operations have to the top of the document.
func (d *draft) servers() {
	count := map[string]int{}
	lists := map[string]*yaml.Node{}
	most := ""
	for _, op := range d.operations {
		servers := oas.Child(op.node, "servers")
		if servers == nil {
			continue
		}
		key := encoded(servers)
		lists[key] = servers
		if count[key]++; count[key] > count[most] {
			most = key
		}
	}
	if most == "" {
		d.section.addReviewAt("Servers", []string{"info"}, "no page names a server, so that programs have to give WithBaseURL; add servers")
		return
	}
	oas.PutAfter(d.document, "info", "servers", lists[most])
	for _, op := range d.operations {
		if encoded(oas.Child(op.node, "servers")) == most {
			oas.Delete(op.node, "servers")
		} else {
			d.section.addReviewAt("Servers", op.at(), "%s %s has servers of its own", op.method, op.path)
		}
	}
}

// security moves the security of the operations to the top of the document, if all have the same.
func (d *draft) security() {
	first := ""
	for i, op := range d.operations {
		security := oas.Child(op.node, "security")
		if security == nil || i > 0 && encoded(security) != first {
			return
		}
		first = encoded(security)
	}
	after := "info"
	if oas.Child(d.document, "servers") != nil {
		after = "servers"
	}
	oas.PutAfter(d.document, after, "security", oas.Child(d.operations[0].node, "security"))
	for _, op := range d.operations {
		oas.Delete(op.node, "security")
	}
}

// describe writes a placeholder for the description, and the ids of the ledger's entries about the operation.
func (d *draft) describe(op operation, marks []string) {
	id := oas.Text(oas.Child(op.node, "operationId"))
	oas.Delete(op.node, "summary", "description", "x-text", "x-summary")
	summary := oas.String(titleOf(id))
	oas.PutAfter(op.node, "operationId", "summary", summary)
	oas.PutAfter(op.node, "summary", "description", oas.String(toDescribe))
	if len(marks) > 0 {
		oas.Put(op.node, "x-deviation", oas.ListOf(marks...))
	}
	responses := oas.Child(op.node, "responses")
	for status, response := range oas.Pairs(responses) {
		oas.Delete(response, "description")
		code, _ := strconv.Atoi(status.Value)
		said := http.StatusText(code)
		if said == "" {
			said = "Any other answer"
		}
		response.Content = append([]*yaml.Node{oas.String("description"), oas.String(said + ".")}, response.Content...)
		dropSamples(response)
	}
	dropSamples(oas.Child(op.node, "requestBody"))
	eachMapping(oas.Child(op.node, "callbacks"), func(node *yaml.Node) {
		for _, response := range oas.Pairs(oas.Child(node, "responses")) {
			if response.Kind == yaml.MappingNode && oas.Child(response, "description") == nil && oas.Ref(response) == nil {
				oas.Put(response, "description", oas.String(toDescribe))
			}
		}
	})
}

// dropSamples removes printed bodies. Those that match their schemas are fixtures.
func dropSamples(holder *yaml.Node) {
	for _, media := range oas.Pairs(oas.Child(holder, "content")) {
		oas.Delete(media, "example")
	}
}

// titleOf derives a title from an id: "Get custom snapshots" from "get-custom-snapshots".
func titleOf(id string) string {
	parts := splitWords(id)
	if len(parts) == 0 {
		return id
	}
	for i := range parts {
		parts[i] = strings.ToLower(parts[i])
	}
	return strings.ToUpper(parts[0][:1]) + parts[0][1:] + strings.Join(append([]string{""}, parts[1:]...), " ")
}

func content(node *yaml.Node) []*yaml.Node {
	if node == nil {
		return nil
	}
	return node.Content
}

// encoded returns a node as text, which is the same for equal nodes.
func encoded(node *yaml.Node) string {
	data, err := facts.EncodeJSON(node)
	if err != nil {
		return ""
	}
	return string(data)
}
