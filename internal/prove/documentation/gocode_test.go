package docblocks

import (
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// imports are what a fragment of Go may use without importing it.
var imports = map[string]string{
	"context": "context", "errors": "errors", "fmt": "fmt", "http": "net/http", "log": "log", "os": "os", "slog": "log/slog", "testing": "testing", "time": "time",
	"api": project + "/api", "rest": project + "/api/rest", "oauth": project + "/api/oauth", "sandbox": project + "/api/sandbox",
	"locations": project + "/api/locations", "redisstore": project + "/api/redisstore", "redis": "github.com/redis/go-redis/v9",
}

const project = "github.com/highlevel-go/snapshots"

// surroundings are what a fragment of Go may use without declaring it.
const surroundings = `
var (
	ctx    context.Context
	err    error

	token, companyID, snapshotID, locationID, clientID, clientSecret, id, secret, state, code, value, key, email, a, c, l string

	from, to, yesterday time.Time
	scopes, again, snapshotIDs []string
	createLink func(context.Context, string) (*api.ShareLink, error)
	form    map[string]string
	journal *api.Journal
	budget  api.Budget
	rate    api.Rate
	meta    api.Response
	bad     *api.RequestError
	push    api.Push
	status  *api.PushStatus
	config, app oauth.Config
	source  *oauth.Source
	agency  *oauth.Client
	vault   interface{ Read(context.Context, string) (string, error) }
)
`

// checker type-checks fragments against the project as it is.
type checker struct{ imported map[string]*types.Package }

func (c checker) Import(path string) (*types.Package, error) {
	if pkg := c.imported[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("fragments of Go do not import %s; see imports in gocode_test.go", path)
}

var loadChecker = sync.OnceValues(func() (checker, error) {
	load := &packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile, Dir: root}
	loaded, err := packages.Load(load, slices.Sorted(maps.Values(imports))...)
	if err != nil {
		return checker{}, err
	}
	c := checker{map[string]*types.Package{}}
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			err = errors.Join(err, e)
		}
		c.imported[p.PkgPath] = p.Types
	})
	return c, err
})

func newChecker(t *testing.T) checker {
	t.Helper()
	c, err := loadChecker()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// check reports why a fragment does not compile. It is a file without its beginning, the body of a function, or, in a comment, the
// methods of an interface.
func (c checker) check(b block) error {
	text := strings.ReplaceAll(b.text, "{ … }", "{}")
	forms := []string{text, "func _() error {\n" + text + "\nreturn nil\n}"}
	if b.doc != "" {
		forms = append(forms, "type _ interface {\n"+text+"\n}")
	}
	var failed error
	for _, form := range forms {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, b.file, "package p\n"+form, parser.SkipObjectResolution)
		if err != nil {
			failed = err // the last form is the most likely one that was meant
			continue
		}
		if b.doc == "" {
			if err := formatted(b); err != nil {
				return err
			}
		}
		return c.types(b, file)
	}
	return failed
}

// formatted reports whether gofmt leaves a block as it is; that of a comment it formats with the file.
func formatted(b block) error {
	text, err := format.Source([]byte(b.text))
	if err == nil && string(text) != b.text {
		err = fmt.Errorf("gofmt would make it\n%s", text)
	}
	return err
}

// types type-checks a fragment together with its surroundings.
func (c checker) types(b block, file *ast.File) error {
	useValues(file)
	var source strings.Builder
	source.WriteString("package p\n")
	names := slices.Sorted(maps.Keys(imports))
	for _, name := range names {
		fmt.Fprintf(&source, "import %s %q\n", name, imports[name])
	}
	if b.doc != "" && isInterface(file) { // its names are those of the package
		fmt.Fprintf(&source, "import . %q\n", b.doc)
	}
	source.WriteString(surroundings)
	fmt.Fprintf(&source, "var client *%s.Client\n", clientOf(b.file))
	if err := printer.Fprint(&source, token.NewFileSet(), file.Decls); err != nil {
		return err
	}
	set := token.NewFileSet()
	whole, err := parser.ParseFile(set, b.file, source.String(), parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	var faults []error
	conf := types.Config{Importer: c, Error: func(err error) {
		if fault, ok := errors.AsType[types.Error](err); !ok || !fault.Soft { // soft are names that nothing uses
			faults = append(faults, errors.New(strings.TrimPrefix(err.Error(), b.file+":")))
		}
	}}
	_, _ = conf.Check("p", set, []*ast.File{whole}, nil) // Error has its faults
	return errors.Join(faults...)
}

// clientOf returns the package of the client that a document is about: a section's in its reference, else that of the snapshots.
func clientOf(file string) string {
	section, ok := strings.CutPrefix(strings.TrimSuffix(file, ".md"), "docs/reference/")
	if !ok || section == "snapshots" {
		return "api"
	}
	return section
}

func isInterface(file *ast.File) bool {
	decl, ok := file.Decls[0].(*ast.GenDecl)
	if !ok || decl.Tok != token.TYPE {
		return false
	}
	_, ok = decl.Specs[0].(*ast.TypeSpec).Type.(*ast.InterfaceType)
	return ok
}

// useValues makes a statement of an expression whose value a fragment only shows.
func useValues(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		body, ok := n.(*ast.BlockStmt)
		if !ok {
			return true
		}
		for i, statement := range body.List {
			if shown, ok := statement.(*ast.ExprStmt); ok {
				if _, call := shown.X.(*ast.CallExpr); !call {
					body.List[i] = &ast.AssignStmt{Lhs: []ast.Expr{ast.NewIdent("_")}, Tok: token.ASSIGN, Rhs: []ast.Expr{shown.X}}
				}
			}
		}
		return true
	})
}

// runProgram builds a program and runs it, once without a token, which it must report, and once against the sandbox.
func runProgram(t *testing.T, b block, env []string) {
	t.Helper()
	if err := formatted(b); err != nil {
		t.Errorf("%v: %v", b, err)
	}
	dir := t.TempDir()
	source, binary := filepath.Join(dir, "main.go"), filepath.Join(dir, "program.exe")
	if err := os.WriteFile(source, []byte(b.text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"vet", source}, {"build", "-o", binary, source}} {
		if err := goTool(args...); err != nil {
			t.Fatalf("%v: %v", b, err)
		}
	}
	without := exec.CommandContext(t.Context(), binary)
	without.Env = []string{}
	if out, err := without.CombinedOutput(); err == nil || !strings.Contains(string(out), "HIGHLEVEL_TOKEN") {
		t.Errorf("%v: without a token the program ends with %v and says %q", b, err, out)
	}
	with := exec.CommandContext(t.Context(), binary)
	with.Env = env
	if out, err := with.CombinedOutput(); err != nil || len(out) == 0 {
		t.Errorf("%v: the program ends with %v and prints %q", b, err, out)
	}
}

func goTool(args ...string) error {
	command := exec.Command("go", args...)
	command.Dir = root
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}
