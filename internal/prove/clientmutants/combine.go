package clientmutants

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// combined is one source file that is itself and all of its mutants: which of them it is, is chosen when the program starts.
// Compiling it costs as much as compiling the file once.
//
// A mutant that changes the body of a function becomes a second function; one that changes the value of a variable becomes
// a second value. What changes a type or a constant cannot be chosen so late, and stays out.
type combined struct {
	source  []byte
	changes []change
}

// change replaces a part of a source.
type change struct {
	from, to int
	text     string
}

// combine puts the mutants of one file into one source. numbers are those that they are chosen by; left are the mutants that need a
// copy of their own.
func combine(source []byte, mutants []Mutant, numbers []int) (text string, left []int, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", source, parser.SkipObjectResolution)
	if err != nil {
		return "", nil, err
	}
	w := &combined{source: source}
	at := func(p token.Pos) int { return files.Position(p).Offset }
	functions := map[*ast.FuncDecl][]int{}
	values := map[ast.Expr][]int{}
	for i, m := range mutants {
		switch f, v := enclosing(file, at, m.from, m.to); {
		case f != nil:
			functions[f] = append(functions[f], i)
		case v != nil:
			values[v] = append(values[v], i)
		default:
			left = append(left, numbers[i])
		}
	}
	for f, which := range functions {
		w.function(f, at, mutants, numbers, which)
	}
	for v, which := range values {
		w.value(at(v.Pos()), at(v.End()), mutants, numbers, which)
	}
	if len(functions)+len(values) > 0 {
		w.changes = append(w.changes, change{at(file.Name.End()), at(file.Name.End()), fmt.Sprintf("; import mutant %q", module+"/"+chooserPackage)})
	}
	return w.String(), left, nil
}

// enclosing is the function whose body holds all of a change, or the value of a package's variable that does.
func enclosing(file *ast.File, at func(token.Pos) int, from, to int) (*ast.FuncDecl, ast.Expr) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body != nil && at(d.Body.Lbrace) < from && to <= at(d.Body.Rbrace) {
				return d, nil
			}
		case *ast.GenDecl:
			if d.Tok != token.VAR {
				continue
			}
			for _, s := range d.Specs {
				for _, v := range s.(*ast.ValueSpec).Values {
					if at(v.Pos()) <= from && to <= at(v.End()) {
						return nil, v
					}
				}
			}
		}
	}
	return nil, nil
}

// function replaces f by a function that chooses, followed by f and its mutants under other names.
func (w *combined) function(f *ast.FuncDecl, at func(token.Pos) int, mutants []Mutant, numbers, which []int) {
	begin, end := at(f.Pos()), at(f.End())
	text := func(n ast.Node) string { return string(w.source[at(n.Pos()):at(n.End())]) }
	var b, arguments, parameters strings.Builder
	n := 0
	for _, field := range f.Type.Params.List {
		for range max(1, len(field.Names)) {
			fmt.Fprintf(&parameters, "p%d %s, ", n, text(field.Type))
			fmt.Fprintf(&arguments, "p%d", n)
			if _, variadic := field.Type.(*ast.Ellipsis); variadic {
				arguments.WriteString("...")
			}
			arguments.WriteString(", ")
			n++
		}
	}
	receiver, prefix, kinds, typeArguments, results := "", "", "", "", ""
	if f.Recv != nil {
		receiver, prefix = "(recv "+text(f.Recv.List[0].Type)+") ", "recv."
	}
	if f.Type.TypeParams != nil {
		kinds = text(f.Type.TypeParams)
		var names []string
		for _, field := range f.Type.TypeParams.List {
			for _, name := range field.Names {
				names = append(names, name.Name)
			}
		}
		typeArguments = "[" + strings.Join(names, ", ") + "]"
	}
	if f.Type.Results != nil {
		results = text(f.Type.Results)
	}
	call := func(number int) string {
		line := fmt.Sprintf("%s%s%s(%s)", prefix, alias(number, f), typeArguments, arguments.String())
		if results == "" {
			return line + "; return"
		}
		return "return " + line
	}
	fmt.Fprintf(&b, "func %s%s%s(%s) %s {\n\tswitch mutant.On {\n", receiver, f.Name.Name, kinds, parameters.String(), results)
	for _, i := range which {
		fmt.Fprintf(&b, "\tcase %d:\n\t\t%s\n", numbers[i], call(numbers[i]))
	}
	fmt.Fprintf(&b, "\t}\n\t%s\n}\n\n", call(0))
	beginName, endName := at(f.Name.Pos()), at(f.Name.End())
	b.WriteString(string(w.source[begin:beginName]) + alias(0, f) + string(w.source[endName:end]))
	for _, i := range which {
		m := mutants[i]
		b.WriteString("\n\n" + string(w.source[begin:beginName]) + alias(numbers[i], f) + string(w.source[endName:m.from]) + m.with + string(w.source[m.to:end]))
	}
	w.changes = append(w.changes, change{begin, end, b.String()})
}

// alias is the name of a function as it is, or of a mutant. It is not exported, so that no test sees more methods.
func alias(number int, f *ast.FuncDecl) string { return fmt.Sprintf("m%d_%s", number, f.Name.Name) }

func (w *combined) value(begin, end int, mutants []Mutant, numbers, which []int) {
	var b strings.Builder
	b.WriteString("mutant.Pick(" + string(w.source[begin:end]))
	for _, i := range which {
		m := mutants[i]
		fmt.Fprintf(&b, ", mutant.As(%d, %s%s%s)", numbers[i], w.source[begin:m.from], m.with, w.source[m.to:end])
	}
	b.WriteString(")")
	w.changes = append(w.changes, change{begin, end, b.String()})
}

func (w *combined) String() string {
	slices.SortFunc(w.changes, func(a, b change) int { return a.from - b.from })
	var b strings.Builder
	done := 0
	for _, c := range w.changes {
		b.Write(w.source[done:c.from])
		b.WriteString(c.text)
		done = c.to
	}
	b.Write(w.source[done:])
	return b.String()
}

// chooser is the package that combined sources ask which mutant they are.
const chooser = `// Package mutant knows which mutant this process is.
package mutant

import (
	"os"
	"strconv"
)

// On is the number of the mutant; 0 is the client as it is.
var On, _ = strconv.Atoi(os.Getenv("MUTANT"))

// Alternative is a value that a mutant has.
type Alternative[T any] struct {
	number int
	value  T
}

// As is the value of a mutant.
func As[T any](number int, value T) Alternative[T] { return Alternative[T]{number, value} }

// Pick is the value of this process's mutant.
func Pick[T any](own T, others ...Alternative[T]) T {
	for _, o := range others {
		if o.number == On {
			return o.value
		}
	}
	return own
}
`
