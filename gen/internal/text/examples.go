package text

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/example"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// Examples writes the examples of a client whose package has an import path, except those whose names are already declared.
// It returns nil if there are none.
func Examples(c *model.Client, pkg, path string, declared map[string]bool) ([]byte, error) {
	v := &examplesView{Package: Qualifier(pkg), Helper: "exampleClient", Keys: c.Keys}
	for _, other := range []string{"answeringClient", "clientOfAnswers"} {
		if declared[v.Helper] {
			v.Helper = other
		}
	}
	maker := example.New(c, v.Package)
	for _, o := range c.Operations {
		if slices.ContainsFunc([]string{"ExampleClient_", "answerOf", "lastAnswerOf"}, func(prefix string) bool { return declared[prefix+o.Name] }) {
			continue
		}
		if call := maker.Of(o); call != nil {
			v.Examples = append(v.Examples, &exampleView{call, o})
		}
	}
	if len(v.Examples) == 0 {
		return nil, nil
	}
	t, err := parsed()
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := t.ExecuteTemplate(&body, "examples.tmpl", v); err != nil {
		return nil, fmt.Errorf("template examples: %w", err)
	}
	own := strconv.Quote(path)
	if v.Package != pkg || !strings.HasSuffix(path, "/"+pkg) && path != pkg {
		own = v.Package + " " + own
	}
	return finish(c.Document, pkg+"_test", body.Bytes(), own, map[string]bool{})
}

// variables are the names in an example that the package of the client must not hide.
var variables = []string{"client", "done", "result", "item", "err", "server", "answers", "status", "next", "w"}

// Qualifier returns the name of a package in its examples: its own, unless that means something else there.
func Qualifier(pkg string) string {
	if slices.Contains(variables, pkg) || types.Universe.Lookup(pkg) != nil || pkg == "init" || strings.Contains(pkg, "nswerOf") || strings.Contains(pkg, "xampleClient") {
		return "api"
	}
	return pkg
}

// examplesView is a file of examples.
type examplesView struct {
	Package  string
	Helper   string
	Keys     []model.Key
	Examples []*exampleView
}

// exampleView is one example of an operation.
type exampleView struct {
	*example.Call
	Operation *model.Operation
}

// Arguments returns the responses of the server: short ones as literals, others as the names of constants.
func (v *exampleView) Arguments() string {
	out := strconv.Itoa(v.Status)
	for i := range v.Answers {
		out += ", " + v.argument(i)
	}
	return out
}

func (v *exampleView) argument(i int) string {
	const short = 60
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(v.Answers[i])) == nil && compact.Len() <= short {
		return "`" + compact.String() + "`"
	}
	if i == 0 {
		return "answerOf" + v.Operation.Name
	}
	return "lastAnswerOf" + v.Operation.Name
}

// Constants returns the responses that are too long for an argument, by name.
func (v *exampleView) Constants() map[string]string {
	out := map[string]string{}
	for i, answer := range v.Answers {
		if name := v.argument(i); !strings.HasPrefix(name, "`") {
			out[name] = "`" + answer + "`"
		}
	}
	return out
}

// Printed returns the values as arguments of fmt.Println.
func (v *exampleView) Printed() string { return strings.Join(v.Values, ", ") }
