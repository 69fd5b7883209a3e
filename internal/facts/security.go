package facts

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// authLists are the extensions for statements of pages about authorization that OpenAPI cannot express.
var authLists = []struct {
	key    string
	aspect Aspect
}{{"x-auth-methods", AuthMethods}, {"x-token-types", TokenTypes}, {"x-scopes", Scopes}}

// auth reads the credentials that a caller must send: the first scheme, which pages show, and all alternatives if there is
// more.
func (r *reader) auth(node *yaml.Node) {
	security := oas.Child(node, "security")
	if security == nil {
		security = oas.Child(r.docs.Root(), "security")
	}
	if security != nil && security.Kind == yaml.SequenceNode {
		r.alternatives(security)
	}
	if scheme := oas.Child(node, "x-auth-scheme"); scheme != nil && r.op.Value(AuthPlace, Scheme) == "" {
		r.op.Add(AuthPlace, Scheme, oas.Text(scheme), r.pos(scheme))
	}
	for _, list := range authLists {
		if values := oas.Child(node, list.key); values != nil && len(oas.Texts(values)) > 0 {
			r.op.Add(AuthPlace, list.aspect, CompactJSON(oas.Texts(values)), r.pos(values))
		}
	}
}

// alternatives reads the entries of a security list. Each is a list of schemes, all of which a caller must use.
func (r *reader) alternatives(security *yaml.Node) {
	schemes := oas.Child(oas.Child(r.docs.Root(), "components"), "securitySchemes")
	if schemes == nil {
		schemes = oas.Child(r.docs.Root(), "securitySchemes")
	}
	all, isPlain := []any{}, true
	var known []string
	for _, alternative := range security.Content {
		one := []any{}
		for name, scopes := range oas.Pairs(alternative) {
			scheme := r.resolve(oas.Child(schemes, name.Value))
			parts := []string{oas.Text(oas.Child(scheme, "type")), oas.Text(oas.Child(scheme, "scheme")), oas.Text(oas.Child(scheme, "bearerFormat"))}
			value := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
			definition := map[string]any{"undefined": name.Value}
			if scheme != nil {
				definition = r.bareScheme(scheme)
			}
			if value != "" && r.op.Value(AuthPlace, Scheme) == "" {
				r.op.Add(AuthPlace, Scheme, value, r.pos(scheme))
				if len(oas.Texts(scopes)) > 0 {
					r.op.Add(AuthPlace, Scopes, CompactJSON(oas.Texts(scopes)), r.pos(scopes))
				}
			}
			isPlain = isPlain && parts[0] == "http" && len(definition) <= 3 && len(one) == 0
			if names := oas.Texts(scopes); len(names) > 0 {
				definition["requires"] = names
			}
			one = append(one, definition)
		}
		slices.SortFunc(one, func(a, b any) int { return strings.Compare(CompactJSON(a), CompactJSON(b)) })
		if text := CompactJSON(one); !slices.Contains(known, text) {
			known, all = append(known, text), append(all, one)
		}
	}
	if len(all) > 1 || len(all) == 1 && !isPlain {
		r.op.Add(AuthPlace, Security, CompactJSON(all), r.pos(security))
	}
}

// bareScheme returns the definition of a security scheme without descriptions; those of scopes are empty.
func (r *reader) bareScheme(scheme *yaml.Node) map[string]any {
	definition, _ := r.bare(scheme, false, nil).(map[string]any)
	if definition["type"] == "http" { // those belong to an apiKey
		delete(definition, "in")
		delete(definition, "name")
	}
	flows, _ := definition["flows"].(map[string]any)
	for _, flow := range flows {
		flow, _ := flow.(map[string]any)
		scopes, _ := flow["scopes"].(map[string]any)
		for name := range scopes {
			scopes[name] = ""
		}
	}
	return definition
}

// security returns the alternatives, and defines their schemes under names derived from their definitions.
func (w *writer) security(value string) *yaml.Node {
	var all [][]map[string]any
	_ = json.Unmarshal([]byte(value), &all)
	list := sequence()
	for _, alternative := range all {
		one := mapping()
		for _, definition := range alternative {
			scopes := sequence()
			required, _ := definition["requires"].([]any)
			for _, scope := range required {
				scopes.Content = append(scopes.Content, plain(scope.(string)))
			}
			delete(definition, "requires")
			name, _ := definition["undefined"].(string)
			if name == "" {
				name = w.schemeName(definition)
			}
			put(one, name, scopes)
		}
		list.Content = append(list.Content, one)
	}
	return list
}

var notOfName = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// schemeName defines a scheme, unless it is already defined, and returns its name.
func (w *writer) schemeName(definition map[string]any) string {
	name := notOfName.ReplaceAllString(strings.Join(schemeWords(definition), "-"), "-")
	node := typed(CompactJSON(definition), "")
	if kind, ok := definition["type"].(string); ok { // the usual spelling
		remove(node, "type")
		node.Content = append([]*yaml.Node{plain("type"), plain(kind)}, node.Content...)
	}
	for {
		known := find(w.schemes, name)
		if known == nil {
			put(w.schemes, name, node)
			return name
		}
		if CompactJSON(oas.Value(known)) == CompactJSON(definition) {
			return name
		}
		name += "-2"
	}
}

// SecurityWords returns the value of [Security] for people: "http bearer, or apiKey header X-Key and http basic, or
// nothing".
func SecurityWords(value string) string {
	var all [][]map[string]any
	_ = json.Unmarshal([]byte(value), &all)
	var alternatives []string
	for _, alternative := range all {
		schemes := []string{}
		for _, definition := range alternative {
			words := schemeWords(definition)
			if flows, ok := definition["flows"]; ok {
				words = append(words, CompactJSON(flows))
			}
			if scopes, ok := definition["requires"]; ok {
				words = append(words, CompactJSON(scopes))
			}
			schemes = append(schemes, strings.Join(words, " "))
		}
		if len(schemes) == 0 {
			schemes = []string{"nothing"}
		}
		alternatives = append(alternatives, strings.Join(schemes, " and "))
	}
	return strings.Join(alternatives, ", or ")
}

func schemeWords(definition map[string]any) (words []string) {
	for _, key := range []string{"undefined", "type", "scheme", "bearerFormat", "in", "name", "openIdConnectUrl"} {
		if word, _ := definition[key].(string); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// Same reports whether two values of an aspect mean the same: the order of alternatives does not matter.
func (a Aspect) Same(one, other string) bool {
	if one == other || a != Security {
		return one == other
	}
	var lists [2][]json.RawMessage
	if json.Unmarshal([]byte(one), &lists[0]) != nil || json.Unmarshal([]byte(other), &lists[1]) != nil {
		return false
	}
	for _, list := range lists {
		slices.SortFunc(list, func(a, b json.RawMessage) int { return strings.Compare(string(a), string(b)) })
	}
	return slices.EqualFunc(lists[0], lists[1], func(a, b json.RawMessage) bool { return string(a) == string(b) })
}
