package clientmutants

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// rule is a change of a syntax tree, written as for gofmt -r: "pattern -> replacement", where a single small letter
// stands for any expression, and is the same expression wherever it comes again. Pattern and replacement are expressions
// or statements; an empty replacement drops the statements.
//
// A rule names what a package declares (functions, fields, constants, texts), never a variable of a function.
type rule struct {
	pattern []ast.Node // one expression, or statements that follow each other
	with    string     // source of the replacement

	variables []variable // wildcards of the replacement
	binary    bool       // the replacement needs parentheses
	in        string     // the function that it is about; "" for all
}

func parseRule(text string) (rule, error) {
	pattern, with, found := strings.Cut(text, "->")
	if !found {
		return rule{}, fmt.Errorf("rule %q has no ->", text)
	}
	nodes, _, err := parseNodes(pattern)
	if err != nil || len(nodes) == 0 {
		return rule{}, fmt.Errorf("rule %q: its pattern is neither an expression nor statements (%v)", text, err)
	}
	r := rule{pattern: nodes, with: strings.TrimSpace(with)}
	replacement, base, err := parseNodes(r.with)
	if err != nil {
		return rule{}, fmt.Errorf("rule %q: its replacement is neither an expression nor statements (%v)", text, err)
	}
	r.variables = variables(replacement, base)
	if len(replacement) == 1 {
		_, r.binary = replacement[0].(*ast.BinaryExpr)
	}
	return r, nil
}

// parseNodes reads an expression, a field of a literal (Name: value), or statements; base is the position of the first byte.
func parseNodes(text string) (nodes []ast.Node, base token.Pos, err error) {
	if e, err := parser.ParseExpr(text); err == nil {
		return []ast.Node{e}, 1, nil
	}
	const literal = "T{"
	if e, err := parser.ParseExpr(literal + text + "}"); err == nil && text != "" {
		return []ast.Node{e.(*ast.CompositeLit).Elts[0]}, token.Pos(1 + len(literal)), nil
	}
	const before = "package p; func _() {"
	file, err := parser.ParseFile(token.NewFileSet(), "", before+text+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return nil, 0, err
	}
	for _, s := range file.Decls[0].(*ast.FuncDecl).Body.List {
		nodes = append(nodes, s)
	}
	return nodes, token.Pos(1 + len(before)), nil
}

// place is where a rule applies in a file, as offsets, and what comes there.
type place struct {
	from, to int
	with     string
}

// places finds every place of a file that the rule applies to.
func (r rule) places(source []byte) ([]place, error) {
	files, file, err := parse(source)
	if err != nil {
		return nil, err
	}
	var out []place
	add := func(from, to ast.Node, bound map[string]ast.Node) {
		at := func(p token.Pos) int { return files.Position(p).Offset }
		text := func(n ast.Node) string { return string(source[at(n.Pos()):at(n.End())]) }
		with := r.fill(bound, text)
		if r.binary {
			with = "(" + with + ")"
		}
		out = append(out, place{at(from.Pos()), at(to.End()), with})
	}
	_, expression := r.pattern[0].(ast.Expr)
	for _, d := range file.Decls {
		if !r.about(d) {
			continue
		}
		ast.Inspect(d, func(n ast.Node) bool {
			if expression {
				bound := map[string]ast.Node{}
				if e, ok := n.(ast.Expr); ok && matches(reflect.ValueOf(r.pattern[0]), reflect.ValueOf(e), bound) {
					add(e, e, bound)
				}
				return true
			}
			for i, list := 0, statements(n); i+len(r.pattern) <= len(list); i++ {
				bound := map[string]ast.Node{}
				if some := list[i : i+len(r.pattern)]; allMatch(r.pattern, some, bound) {
					add(some[0], some[len(some)-1], bound)
				}
			}
			return true
		})
	}
	return out, nil
}

// parsed are sources that a rule has met, since each of many rules looks through the same ones.
var parsed sync.Map // from string to *source

type source struct {
	files *token.FileSet
	file  *ast.File
}

func parse(text []byte) (*token.FileSet, *ast.File, error) {
	if s, ok := parsed.Load(string(text)); ok {
		return s.(*source).files, s.(*source).file, nil
	}
	s := &source{files: token.NewFileSet()}
	var err error
	if s.file, err = parser.ParseFile(s.files, "", text, parser.SkipObjectResolution); err != nil {
		return nil, nil, err
	}
	parsed.Store(string(text), s)
	return s.files, s.file, nil
}

// about reports whether the rule may change a declaration.
func (r rule) about(d ast.Decl) bool {
	if f, ok := d.(*ast.FuncDecl); ok {
		return r.in == "" || f.Name.Name == r.in
	}
	return r.in == "" && d.(*ast.GenDecl).Tok != token.IMPORT
}

// statements are those that follow each other directly below a node.
func statements(n ast.Node) []ast.Node {
	var list []ast.Stmt
	switch n := n.(type) {
	case *ast.BlockStmt:
		list = n.List
	case *ast.CaseClause:
		list = n.Body
	case *ast.CommClause:
		list = n.Body
	case *ast.IfStmt:
		return []ast.Node{n.Init}
	}
	out := make([]ast.Node, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

func allMatch(pattern, nodes []ast.Node, bound map[string]ast.Node) bool {
	for i := range pattern {
		if !matches(reflect.ValueOf(pattern[i]), reflect.ValueOf(nodes[i]), bound) {
			return false
		}
	}
	return true
}

func wildcard(name string) bool { return len(name) == 1 && 'a' <= name[0] && name[0] <= 'z' }

var (
	identType    = reflect.TypeFor[*ast.Ident]()
	positionType = reflect.TypeFor[token.Pos]()
	//lint:ignore SA1019 the parser still links identifiers to objects, and comparing must leave them out
	objectType  = reflect.TypeFor[*ast.Object]()
	commentType = reflect.TypeFor[*ast.CommentGroup]()
)

// matches compares two trees, separate from positions and comments, as gofmt -r does.
func matches(pattern, value reflect.Value, bound map[string]ast.Node) bool {
	if !pattern.IsValid() || !value.IsValid() {
		return pattern.IsValid() == value.IsValid()
	}
	if pattern.Kind() == reflect.Interface {
		pattern = pattern.Elem()
	}
	if value.Kind() == reflect.Interface {
		value = value.Elem()
	}
	if !pattern.IsValid() || !value.IsValid() {
		return pattern.IsValid() == value.IsValid()
	}
	if pattern.Type() == identType && !pattern.IsNil() {
		if name := pattern.Interface().(*ast.Ident).Name; wildcard(name) {
			e, ok := value.Interface().(ast.Expr)
			if !ok || value.IsNil() {
				return false
			}
			if before, again := bound[name]; again {
				return matches(reflect.ValueOf(before), value, map[string]ast.Node{})
			}
			bound[name] = e
			return true
		}
	}
	if pattern.Type() != value.Type() {
		return false
	}
	switch pattern.Type() {
	case positionType, objectType, commentType:
		return true
	case identType:
		p, v := pattern.Interface().(*ast.Ident), value.Interface().(*ast.Ident)
		return p == nil && v == nil || p != nil && v != nil && p.Name == v.Name
	}
	switch pattern.Kind() {
	case reflect.Pointer:
		return pattern.IsNil() && value.IsNil() || !pattern.IsNil() && !value.IsNil() && matches(pattern.Elem(), value.Elem(), bound)
	case reflect.Slice:
		if pattern.Len() != value.Len() {
			return false
		}
		for i := range pattern.Len() {
			if !matches(pattern.Index(i), value.Index(i), bound) {
				return false
			}
		}
		return true
	case reflect.Struct:
		if call, ok := pattern.Interface().(ast.CallExpr); ok && call.Ellipsis.IsValid() != value.Interface().(ast.CallExpr).Ellipsis.IsValid() {
			return false
		}
		for i := range pattern.NumField() {
			if !matches(pattern.Field(i), value.Field(i), bound) {
				return false
			}
		}
		return true
	}
	return pattern.Equal(value)
}

// fill puts what was bound into the replacement.
func (r rule) fill(bound map[string]ast.Node, text func(ast.Node) string) string {
	with := r.with
	for _, v := range slices.Backward(r.variables) {
		if n := bound[v.name]; n != nil {
			with = with[:v.at] + text(n) + with[v.at+len(v.name):]
		}
	}
	return with
}

// variable is a place of a replacement where a wildcard stands.
type variable struct {
	name string
	at   int
}

// variables finds the wildcards of a replacement. The name of a field is not one, however short.
func variables(nodes []ast.Node, base token.Pos) []variable {
	var out []variable
	fields := map[*ast.Ident]bool{}
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				fields[n.Sel] = true
			case *ast.Ident:
				if wildcard(n.Name) && !fields[n] {
					out = append(out, variable{n.Name, int(n.Pos() - base)})
				}
			}
			return true
		})
	}
	slices.SortFunc(out, func(a, b variable) int { return a.at - b.at })
	return out
}
