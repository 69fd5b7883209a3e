package main

import (
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// operations lists the operations in the order of the document and names them.
func (l *lowering) operations() {
	methods := scope{}
	if l.openAPI.Paths == nil {
		l.Add(oas.Place{File: l.File()}, "the document has no paths")
		return
	}
	var all []*operation
	root := oas.Place{File: l.File(), Pointer: "/paths"}
	for _, path := range inOrder(l.openAPI.Paths.Map(), l.Keys(root)) {
		item := l.openAPI.Paths.Value(path)
		at := root.At(path)
		if item.Ref != "" {
			if target, err := l.Resolve(at.File, item.Ref); err == nil {
				at = target
			}
		}
		order := l.Keys(at)
		for i := range order {
			order[i] = strings.ToUpper(order[i])
		}
		ops := item.Operations()
		for _, method := range inOrder(ops, order) {
			op := &operation{method: method, path: path, op: ops[method], at: at.At(strings.ToLower(method))}
			op.id = op.op.OperationID
			switch {
			case !strings.HasPrefix(path, "/"):
				l.Add(at, "the path %q does not begin with /", path)
			case strings.ContainsFunc(path, unicode.IsControl), strings.ContainsAny(path, "?#"):
				l.Add(at, "the path %q holds a control character, ? or #, which no path can", path)
			}
			l.parameters(op, item, at)
			op.body = l.body(op)
			op.results = l.results(op)
			all = append(all, op)
		}
	}
	l.nameOperations(all, methods)
	l.ops = all
}

// nameOperations names the curated ones first, so that a derived name never pushes a curated one aside.
func (l *lowering) nameOperations(all []*operation, methods scope) {
	for _, curated := range []bool{true, false} {
		for _, op := range all {
			name, ok := op.op.Extensions["x-go-name"].(string)
			if ok != curated {
				continue
			}
			switch {
			case ok && methods[name]:
				l.Add(op.at.At("x-go-name"), "the Go name %s is taken by another operation", name)
				name = methods.claim(name)
			case ok:
				name = methods.claim(name)
			case op.id != "":
				derived := goName(op.id)
				if name = methods.claim(derived); name != derived {
					l.Note(op.at, "the name %s, from %q, is taken; this operation is %s", derived, op.id, name)
				}
			default:
				name = methods.claim(goName(strings.ToLower(op.method) + " " + op.path))
			}
			op.name = name
			op.request = l.names.claim(name + "Request")
			l.names["Operation"+name] = true
			if p, ok := op.op.Extensions["x-pagination"].(map[string]any); ok {
				methods[name+"Page"] = true
				op.pages = &pagination{}
				op.pages.cursor, _ = p["cursor"].(string)
				op.pages.items, _ = p["items"].(string)
				op.pages.itemCursor, _ = p["item-cursor"].(string)
			}
		}
	}
}
