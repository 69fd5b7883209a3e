package apichange

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// compareRequests compares what the code of each operation writes to a request, and what it rejects before sending.
func compareRequests(old, new *Package) []Change {
	var changes []Change
	before, now := statements(old), statements(new)
	add := func(operation, text string, breaking bool) {
		changes = append(changes, Change{Package: new.Path, Identifier: operation, Text: text, Kind: Changed, Breaking: breaking})
	}
	for operation, was := range before {
		is, ok := now[operation]
		if !ok {
			continue
		}
		for _, s := range was {
			switch {
			case slices.Contains(is, s):
			case s.refuses:
				add(operation, "no longer refuses a request: "+s.text, false)
			default:
				add(operation, "no longer sends "+s.text, true)
			}
		}
		for _, s := range is {
			switch {
			case slices.Contains(was, s):
			case s.refuses:
				add(operation, "refuses a request: "+s.text, !slices.ContainsFunc(was, s.widens))
			default:
				add(operation, "sends "+s.text, false)
			}
		}
	}
	return changes
}

// statement is a call that writes a part of a request or rejects the request.
type statement struct {
	refuses bool
	text    string
}

// widens reports whether both statements reject what is not in a list of values, and the newer list contains every value of
// the older one.
func (s statement) widens(older statement) bool {
	const list = " is not one of "
	field, values, ok := strings.Cut(s.text, list)
	olderField, olderValues, olderOK := strings.Cut(older.text, list)
	return ok && olderOK && field == olderField && containsAll(values, olderValues)
}

// places are the methods of a request in api/rest that write a part of it.
var places = map[string]string{
	"AddQuery": "query", "AddRawQuery": "query", "SetHeader": "header", "AddCookie": "cookie", "AddRawCookies": "cookie", "SetPath": "path",
	"SetRawPath": "path", "SetJSON": "a JSON body", "SetForm": "a form", "Add": "form field", "file": "file", "send": "a body of",
}

// bodies are the functions of the generated code that write a whole body; the media type follows the request.
var bodies = []string{"jsonBody", "textBody", "bytesBody"}

// statements returns the statements in the code of each type, in no particular order. The methods of a request count as code
// of its operation, so that it does not matter how the generator splits them.
func statements(p *Package) map[string][]statement {
	found := map[string][]statement{}
	for _, file := range p.generated {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil && f.Name.Name != "New" {
				continue
			}
			owner := "New"
			if f.Recv != nil {
				owner = receiver(f)
			}
			switch {
			case owner == "Client":
				owner = "Client." + f.Name.Name
			case strings.HasSuffix(owner, "Request"):
				owner = "Client." + strings.TrimSuffix(owner, "Request")
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if s, ok := readStatement(call); ok {
						found[owner] = append(found[owner], s)
					}
				}
				return true
			})
		}
	}
	return found
}

func receiver(f *ast.FuncDecl) string {
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if ident, ok := t.(*ast.Ident); ok {
		return ident.Name
	}
	return ""
}

// readStatement reads a call such as r.AddQuery("limit", …) or p.Required(…, "Limit", "query", "limit").
func readStatement(call *ast.CallExpr) (statement, bool) {
	if helper, ok := call.Fun.(*ast.Ident); ok {
		return readHelper(helper.Name, call.Args)
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return statement{}, false
	}
	on, ok := selector.X.(*ast.Ident)
	if !ok {
		return statement{}, false
	}
	method := selector.Sel.Name
	if on.Name == "p" {
		texts := literals(call.Args)
		switch {
		case method == "Required" && len(texts) > 0:
			return statement{refuses: true, text: texts[0] + " is required"}, true
		case method == "Add" && len(call.Args) == 4:
			return statement{refuses: true, text: texts[0] + " " + cmp.Or(strings.TrimSpace(plainText(call.Args[3])), "is checked further")}, true
		}
		return statement{}, false
	}
	if on.Name == "rest" && method == "WithDefault" {
		return statement{text: strings.Join(literals(call.Args), " ") + " unless an option says otherwise"}, true
	}
	place := places[method]
	if place == "" || on.Name != "r" && on.Name != "form" {
		return statement{}, false
	}
	args := call.Args
	if method == "send" { // the request comes first
		args = args[1:]
	}
	if strings.HasPrefix(method, "AddRaw") && plainText(args[0]) == "" {
		return statement{}, false // what is written is in the call that creates it
	}
	// The first argument is the name; the others are values, which may be strings, too.
	return statement{text: strings.Join(append([]string{place}, literals(args[:min(1, len(args))])...), " ")}, true
}

// readHelper reads a call of a function of the generated code, such as styled(r, "query", "form", true, "tags", …).
func readHelper(name string, args []ast.Expr) (statement, bool) {
	texts := literals(args)
	switch {
	case name == "styled" && len(texts) > 3:
		exploded := "in one piece"
		if texts[2] == "true" {
			exploded = "exploded"
		}
		return statement{text: fmt.Sprintf("%s %s in the style %s, %s", texts[0], texts[3], texts[1], exploded)}, true
	case slices.Contains(bodies, name) && len(texts) > 0:
		return statement{text: "a body of " + texts[0]}, true
	}
	return statement{}, false
}

// literals returns the arguments that are string literals.
func literals(args []ast.Expr) []string {
	var texts []string
	for _, a := range args {
		if text := plainText(a); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// plainText returns the strings, the numbers, true and false in an expression, separated by spaces.
func plainText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return e.Value
		}
		return constant.StringVal(constant.MakeFromLiteral(e.Value, e.Kind, 0))
	case *ast.Ident:
		if e.Name == "true" || e.Name == "false" {
			return e.Name
		}
	case *ast.BinaryExpr:
		return strings.TrimSpace(plainText(e.X) + " " + plainText(e.Y))
	case *ast.CompositeLit:
		var texts []string
		for _, x := range e.Elts {
			if pair, ok := x.(*ast.KeyValueExpr); ok {
				texts = append(texts, types.ExprString(pair.Key))
				x = pair.Value
			}
			texts = append(texts, plainText(x))
		}
		return strings.Join(texts, ", ")
	case *ast.UnaryExpr:
		return plainText(e.X)
	}
	return ""
}
