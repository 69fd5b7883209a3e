package sectioninit

import (
	"fmt"
	"net/http"
	"slices"
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

// at are the keys that lead to an operation.
func (o operation) at() []string { return []string{"paths", o.path, o.method} }

const headComment = `The section %[1]s of the HighLevel API, as this project holds it to be true.

Begun by "specdrift init" and curated by hand from then on. "specdrift check --section %[1]s" compares it with %[1]s/docs, which records what the
documentation said when its pages were last accepted; where the two differ on purpose, %[1]s/deviations.yaml says why. "go generate" makes
the client in api/%[2]s from this file. %[1]s/REVIEW.md lists what to look at by hand; the extensions that shape the client are in gen/README.md.`

// toDescribe stands where words of our own are missing: those of the documentation are its publisher's.
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
	d.withoutVersion(unversioned)
	d.hoist()
	return d, nil
}

// documentVersion is the API version of the document: that of the records, the newest of them.
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

// dropRemarks takes out what a record needs and a spec does not. What is uncertain is in the list of what to look at.
func (d *draft) dropRemarks(node *yaml.Node) {
	if node.Kind == yaml.MappingNode {
		oas.Delete(node, "x-uncertain", "x-composed", "x-sample")
	}
	for _, inner := range node.Content {
		d.dropRemarks(inner)
	}
}

// laterTypes makes a document of OpenAPI 3.1 where a schema allows several types, which 3.0 cannot say.
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
	eachMapping(d.document, func(node *yaml.Node) { // 3.1 has a type for null, and no keyword
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

// servers makes the server that most operations have that of the document.
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

// security makes the security of all operations that of the document, if it is the same.
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

// describe leaves places for words of our own, and names the entries of the ledger that are about the operation.
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

// dropSamples takes whole bodies out: those that fit are fixtures.
func dropSamples(holder *yaml.Node) {
	for _, media := range oas.Pairs(oas.Child(holder, "content")) {
		oas.Delete(media, "example")
	}
}

// titleOf makes a sentence's beginning of an id: "get-custom-snapshots" is "Get custom snapshots".
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

// clientIDs are parameters that are the same in all calls of most programs.
var clientIDs = []string{"companyId", "locationId"}

// fromClient marks what a client supplies: the Version header, and in the query the ids of the account. It reports whether the operation
// has a Version.
func (d *draft) fromClient(op operation) bool {
	hasVersion := false
	for _, p := range content(oas.Child(op.node, "parameters")) {
		name, in, schema := oas.Text(oas.Child(p, "name")), oas.Text(oas.Child(p, "in")), oas.Child(p, "schema")
		switch {
		case in == "header" && strings.EqualFold(name, "Version"):
			hasVersion = true
			values := len(content(oas.Child(schema, "enum")))
			if values == 0 && oas.Child(schema, "default") == nil {
				d.section.addReviewAt("Version", op.at(), "%s %s asks for a Version and does not say which; add an enum, and x-from-client: always", op.method, op.path)
				oas.PutAfter(p, "in", "x-from-client", oas.String("fallback"))
				continue
			}
			if values > 1 {
				d.section.addReviewAt("Version", op.at(), "the Version of %s %s can be one of %d; the client sends the first", op.method, op.path, values)
			}
			oas.PutAfter(p, "in", "x-from-client", oas.String("always"))
		case in == "query" && slices.Contains(clientIDs, name) && oas.Text(oas.Child(schema, "type")) == "string" && len(content(oas.Child(schema, "enum"))) == 0 && oas.Child(schema, "default") == nil:
			oas.PutAfter(p, "in", "x-from-client", oas.String("fallback"))
		}
	}
	return hasVersion
}

// withoutVersion tells of operations without a Version header; of all of them at once.
func (d *draft) withoutVersion(operations []operation) {
	if len(operations) == len(d.operations) {
		d.section.addReviewAt("Version", []string{"paths"}, "no operation asks for a Version header; none is sent")
		return
	}
	for _, op := range operations {
		d.section.addReviewAt("Version", op.at(), "%s %s asks for no Version header; none is sent", op.method, op.path)
	}
}

func content(node *yaml.Node) []*yaml.Node {
	if node == nil {
		return nil
	}
	return node.Content
}

// encoded is a node as text, by which equal ones are found.
func encoded(node *yaml.Node) string {
	data, err := facts.EncodeJSON(node)
	if err != nil {
		return ""
	}
	return string(data)
}
