package document

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// kind is what a node of the document is.
type kind string

const (
	aDocument   kind = "document"
	aComponents kind = "components"
	aPath       kind = "path"
	anOperation kind = "operation"
	aParameter  kind = "parameter"
	aBody       kind = "request body"
	aResponse   kind = "response"
	aHeader     kind = "header"
	aMedia      kind = "media type"
	aSchema     kind = "schema"
)

// extension is one of our extensions: where it is allowed, and a function that returns what is wrong with a value, or "".
type extension struct {
	on    []kind
	wrong func(value, holder *yaml.Node) string
}

// extensions are the ones that shape the client. README.md explains each.
var extensions = map[string]extension{
	"x-go-name":             {[]kind{anOperation, aParameter, aSchema}, wrongName},
	"x-go-type":             {[]kind{aParameter, aSchema}, oneOf("Time")},
	"x-go-answer":           {[]kind{aResponse}, wrongName},
	"x-from-client":         {[]kind{aParameter, aSchema}, wrongFromClient},
	"x-comma-separated":     {[]kind{aParameter, aSchema}, wrongBool},
	"x-required-when":       {[]kind{aParameter, aSchema}, wrongCondition},
	"x-only-when-required":  {[]kind{aParameter, aSchema}, wrongOnly},
	"x-not-after":           {[]kind{aParameter, aSchema}, wrongText},
	"x-pagination":          {[]kind{anOperation}, wrongPagination},
	"x-required-in-success": {[]kind{anOperation}, wrongTexts},
	"x-scopes":              {[]kind{anOperation}, wrongTexts},
	"x-token-types":         {[]kind{anOperation}, wrongTexts},
	"x-auth-methods":        {[]kind{anOperation}, wrongTexts},
	"x-idempotent":          {[]kind{anOperation}, wrongBool},
	"x-enum-varnames":       {[]kind{aSchema}, wrongEnumNames},
	"x-enum-descriptions":   {[]kind{aSchema}, wrongEnumTexts},
}

// nearest returns the extension of ours that a key is probably a misspelling of; "" for none.
func nearest(key string) string {
	best, at := "", 3
	for name := range extensions {
		if len(key) > len(name)+at {
			continue
		}
		if d := distance(key, name); d < at || d == at && best != "" && name < best {
			best, at = name, d
		}
	}
	return best
}

// distance returns the number of letters to add, remove or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// scalar accepts a scalar that passes a test.
func scalar(ok func(value *yaml.Node) bool, wrong string) func(value, holder *yaml.Node) string {
	return func(value, _ *yaml.Node) string {
		if value.Kind != yaml.ScalarNode || !ok(value) {
			return wrong
		}
		return ""
	}
}

func oneOf(values ...string) func(value, holder *yaml.Node) string {
	return scalar(func(v *yaml.Node) bool { return slices.Contains(values, v.Value) }, "is not "+prose.List(values, "or"))
}

var (
	wrongName = scalar(func(v *yaml.Node) bool { return goname.IsExported(v.Value) }, "is not an exported Go name")
	wrongBool = scalar(func(v *yaml.Node) bool { return v.Tag == "!!bool" }, "is not true or false")
	wrongText = scalar(func(v *yaml.Node) bool { return v.Value != "" }, "is not a name")
)

func wrongFromClient(value, holder *yaml.Node) string {
	if oas.Child(holder, "in") == nil { // a property, whose field shows that there is such a value
		return oneOf("fallback")(value, holder)
	}
	return oneOf("always", "fallback")(value, holder)
}

func wrongTexts(value, _ *yaml.Node) string {
	if value.Kind != yaml.SequenceNode || slices.ContainsFunc(value.Content, func(item *yaml.Node) bool { return item.Kind != yaml.ScalarNode }) {
		return "is not a list of texts"
	}
	return ""
}

func wrongCondition(value, _ *yaml.Node) string {
	if value.Kind != yaml.MappingNode || len(value.Content) == 0 {
		return "is not a mapping from another property to a list of its values"
	}
	for i := 1; i < len(value.Content); i += 2 {
		if v := oas.Dealias(value.Content[i]); v.Kind != yaml.SequenceNode || len(v.Content) == 0 || wrongTexts(v, nil) != "" {
			return "has no list of values for " + strconv.Quote(value.Content[i-1].Value)
		}
	}
	return ""
}

func wrongOnly(value, holder *yaml.Node) string {
	if text := wrongBool(value, holder); text != "" {
		return text
	}
	if oas.Child(holder, "x-required-when") == nil {
		return "does not stand beside x-required-when"
	}
	return ""
}

func wrongPagination(value, _ *yaml.Node) string {
	const want = "needs cursor (a parameter), items (a property of the answer) and item-cursor (a property of an item)"
	if value.Kind != yaml.MappingNode {
		return want
	}
	for _, key := range oas.Keys(value) {
		if !slices.Contains(paginationKeys, key) {
			return "has an unknown key " + strconv.Quote(key) + "; it " + want
		}
	}
	for _, key := range paginationKeys {
		if oas.Text(oas.Child(value, key)) == "" {
			return want
		}
	}
	return ""
}

var paginationKeys = []string{"cursor", "items", "item-cursor"}

func wrongEnumNames(value, holder *yaml.Node) string {
	if text := wrongEnumTexts(value, holder); text != "" {
		return text
	}
	names := oas.Texts(value)
	for i, name := range names {
		if !goname.IsExported(name) {
			return "holds " + strconv.Quote(name) + ", which is not an exported Go name"
		}
		if slices.Contains(names[:i], name) {
			return "holds " + strconv.Quote(name) + " twice"
		}
	}
	return ""
}

func wrongEnumTexts(value, holder *yaml.Node) string {
	if text := wrongTexts(value, nil); text != "" {
		return text
	}
	enum := oas.Child(holder, "enum")
	switch {
	case enum == nil:
		return "does not stand beside an enum"
	case len(enum.Content) != len(value.Content):
		return "has " + strconv.Itoa(len(value.Content)) + " items for " + strconv.Itoa(len(enum.Content)) + " values of the enum"
	}
	return ""
}

func (e extension) places() string {
	names := make([]string, len(e.on))
	for i, k := range e.on {
		names[i] = prose.Article(string(k))
	}
	return prose.List(names, "or")
}

func isExtension(key string) bool { return strings.HasPrefix(key, "x-") }
