package lower

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// operations lists the operations in the order of the document and names them.
func (l *lowering) operations() {
	methods := goname.Scope{}
	for _, name := range standardMethods {
		methods[name] = true
	}
	if l.OpenAPI.Paths == nil {
		l.Add(oas.Place{File: l.File()}, "the document has no paths")
		return
	}
	if at := (oas.Place{File: l.File(), Pointer: "/webhooks"}); l.Find(at) != nil {
		l.Note(at, "webhooks are not generated")
	}
	var all []*Operation
	root := oas.Place{File: l.File(), Pointer: "/paths"}
	for _, path := range inOrder(l.OpenAPI.Paths.Map(), l.Keys(root)) {
		item := l.OpenAPI.Paths.Value(path)
		at := l.follow(root.At(path), item.Ref)
		order := l.Keys(at)
		for i := range order {
			order[i] = strings.ToUpper(order[i])
		}
		ops := item.Operations()
		for _, method := range inOrder(ops, order) {
			op := l.operation(&Operation{Method: method, Path: path, Spec: ops[method], At: at.At(strings.ToLower(method))}, item, at)
			switch {
			case !strings.HasPrefix(path, "/"):
				l.Add(at, "the path %q does not begin with /", path)
			case strings.ContainsFunc(path, unicode.IsControl), strings.ContainsAny(path, "?#"):
				l.Add(at, "the path %q contains a control character, ? or #, which no path can", path)
			}
			if len(op.Spec.Callbacks) > 0 {
				l.Note(op.At.At("callbacks"), "callbacks are not generated")
			}
			all = append(all, op)
			for i, body := range l.bodies(op) {
				if i == 0 {
					op.Body = body
					continue
				}
				other := l.operation(&Operation{Method: method, Path: path, Spec: op.Spec, At: op.At, Body: body, Variant: body.variant(), of: op}, item, at)
				all = append(all, other)
			}
		}
	}
	l.nameOperations(all, methods)
	l.Operations = all
}

// operation reads what all variants of an operation share.
func (l *lowering) operation(op *Operation, item *openapi3.PathItem, at oas.Place) *Operation {
	op.ID = op.Spec.OperationID
	if op.Servers = item.Servers; op.Spec.Servers != nil {
		op.Servers = *op.Spec.Servers
	}
	l.security(op)
	l.parameters(op, item, at)
	op.results = l.results(op)
	return op
}

// nameRank is the order of naming: curated names first, so that no derived name takes one of them, and variants last.
func nameRank(op *Operation) int {
	_, curated := op.Spec.Extensions["x-go-name"].(string)
	switch {
	case op.Variant != "":
		return 2
	case curated:
		return 0
	}
	return 1
}

// standardMethods are those whose signature go vet knows, wherever they are.
var standardMethods = []string{
	"GobDecode", "GobEncode", "MarshalJSON", "MarshalXML", "ReadByte", "ReadRune", "UnmarshalJSON", "UnmarshalXML", "UnreadByte", "UnreadRune", "WriteByte",
}

// nameOperations gives each operation its name.
func (l *lowering) nameOperations(all []*Operation, methods goname.Scope) {
	for _, op := range slices.SortedStableFunc(slices.Values(all), func(a, b *Operation) int { return nameRank(a) - nameRank(b) }) {
		name, ok := op.Spec.Extensions["x-go-name"].(string)
		switch {
		case op.Variant != "":
			name = methods.Claim(op.of.Name + op.Variant)
		case ok && methods[name]:
			l.Add(op.At.At("x-go-name"), "the Go name %s is already the name of another operation", name)
			name = methods.Claim(name)
		case ok:
			name = methods.Claim(name)
		case op.ID != "":
			derived := goname.From(op.ID)
			if name = methods.Claim(derived); name != derived {
				l.Note(op.At, "the name %s, from %q, is already used; this one becomes %s", derived, op.ID, name)
			}
		default:
			name = methods.Claim(goname.From(strings.ToLower(op.Method) + " " + op.Path))
		}
		op.Name = name
		if op.Variant == "" {
			l.Names["Operation"+name] = true
		}
		if p, ok := op.Spec.Extensions["x-pagination"].(map[string]any); ok && op.Variant == "" {
			if methods[name+"Page"] {
				l.Add(op.At.At("x-pagination"), "the method %sPage, which reads one page, has the name of another operation; give one of them an x-go-name", name)
			}
			methods[name+"Page"] = true
			op.Pagination = &Pagination{}
			op.Pagination.Cursor, _ = p["cursor"].(string)
			op.Pagination.Items, _ = p["items"].(string)
			op.Pagination.ItemCursor, _ = p["item-cursor"].(string)
		}
	}
	for _, op := range all { // all names that begin with Operation are known now
		op.Request = l.Names.Claim(op.Name + "Request")
	}
}
