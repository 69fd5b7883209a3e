package apichange

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// compareWire lists the changes that the compiler does not see.
func compareWire(old, new *Package) []Change {
	return slices.Concat(compareTags(old, new), compareOperations(old, new), compareRequests(old, new))
}

// compareTags compares the names of struct fields on the wire, and when fields of requests are omitted.
func compareTags(old, new *Package) []Change {
	var changes []Change
	sent := sentTypes(new.Types)
	before := fieldTags(old.Types)
	for field, tag := range fieldTags(new.Types) {
		was, ok := before[field]
		if !ok || was == tag {
			continue
		}
		typ, _, _ := strings.Cut(field, ".")
		for _, key := range []string{"json", "form"} {
			wasName, wasOptions, _ := strings.Cut(was.Get(key), ",")
			name, options, _ := strings.Cut(tag.Get(key), ",")
			change := Change{Package: new.Path, Identifier: field, Kind: Changed}
			switch {
			case wasName != name:
				change.Text, change.Breaking = fmt.Sprintf("is %s on the wire, was %s", quoteName(name), quoteName(wasName)), true
			case wasOptions != options:
				change.Text, change.Breaking = fmt.Sprintf("is encoded with %s, was with %s", quoteName(options), quoteName(wasOptions)), sent[typ]
			default:
				continue
			}
			changes = append(changes, change)
		}
	}
	return changes
}

func quoteName(name string) string {
	if name == "" {
		return "nothing"
	}
	return "“" + name + "”"
}

// fieldTags returns the tags of the exported fields of a package's structs, by Type.Field.
func fieldTags(p *types.Package) map[string]reflect.StructTag {
	tags := map[string]reflect.StructTag{}
	for _, name := range p.Scope().Names() {
		typ, ok := p.Scope().Lookup(name).(*types.TypeName)
		if !ok || !typ.Exported() || typ.IsAlias() {
			continue
		}
		if s, ok := typ.Type().Underlying().(*types.Struct); ok {
			for i := range s.NumFields() {
				if f := s.Field(i); f.Exported() {
					tags[name+"."+f.Name()] = reflect.StructTag(s.Tag(i))
				}
			}
		}
	}
	return tags
}

// sentTypes returns the names of the types that requests contain: those that end with Request, and the types inside them.
func sentTypes(p *types.Package) map[string]bool {
	sent := map[string]bool{}
	var visit func(types.Type)
	visit = func(t types.Type) {
		if named, ok := types.Unalias(t).(*types.Named); ok {
			name := named.Obj().Name()
			if named.Obj().Pkg() != p || sent[name] {
				return
			}
			sent[name] = true
		}
		switch t := t.Underlying().(type) {
		case *types.Struct:
			for f := range t.Fields() {
				visit(f.Type())
			}
		case *types.Map:
			visit(t.Elem())
		case *types.Slice:
			visit(t.Elem())
		case *types.Pointer:
			visit(t.Elem())
		}
	}
	for _, name := range p.Scope().Names() {
		if typ, ok := p.Scope().Lookup(name).(*types.TypeName); ok && strings.HasSuffix(name, "Request") {
			visit(typ.Type())
		}
	}
	return sent
}

// compareOperations compares the descriptors of the operations.
func compareOperations(old, new *Package) []Change {
	var changes []Change
	before := descriptors(old)
	for name, now := range descriptors(new) {
		was, ok := before[name]
		if !ok {
			continue
		}
		either := maps.Clone(was)
		maps.Copy(either, now)
		for key := range either {
			is, older := now[key], was[key]
			if key == "Security" { // without it the token alone is sent
				is, older = cmp.Or(is, theToken), cmp.Or(older, theToken)
			}
			if is == older || key == "Summary" || key == "DocsURL" {
				continue
			}
			changes = append(changes, Change{
				Package: new.Path, Identifier: name, Kind: Changed, Breaking: narrows(key, older, is),
				Text: fmt.Sprintf("%s is %s, was %s", key, quoteName(is), quoteName(older)),
			})
		}
	}
	return changes
}

// narrows reports whether a correct program may fail after a change of one field of a descriptor: if the call goes
// elsewhere, or needs one more scope, or if the response needs one more field.
func narrows(key, was, now string) bool {
	switch key {
	case "Method", "Path", "Server", "Version", "Idempotent": // Idempotent decides whether a call is retried automatically
		return true
	case "Security":
		return !offersAll(now, was)
	case "Scopes", "RequiredInSuccess":
		return !containsAll(was, now)
	case "TokenTypes", "AuthMethods":
		return now != "" && !containsAll(now, was)
	}
	return false
}

// The separator of security alternatives, and the text for an operation that names none.
const (
	alternatively = " or "
	theToken      = "the token"
	noSecurity    = "no credentials"
)

// offersAll reports whether security alternatives contain each of the older ones, or one that requires nothing.
func offersAll(alternatives, older string) bool {
	have := strings.Split(alternatives, alternatively)
	for one := range strings.SplitSeq(older, alternatively) {
		if !slices.Contains(have, one) && !slices.Contains(have, noSecurity) {
			return false
		}
	}
	return true
}

// securityText returns the alternatives of an operation's descriptor as text, each with all of its schemes.
func securityText(value ast.Expr) string {
	var alternatives []string
	for _, alternative := range elements(value) {
		var schemes []string
		for _, scheme := range elements(alternative) {
			fields := fieldsOf(scheme)
			if in := plainText(fields["In"]); in == "bearer" {
				schemes = append(schemes, theToken)
			} else {
				schemes = append(schemes, strings.TrimSpace(plainText(fields["Scheme"])+" in "+in+" "+plainText(fields["Name"])))
			}
		}
		alternatives = append(alternatives, cmp.Or(strings.Join(schemes, " and "), noSecurity))
	}
	return strings.Join(alternatives, alternatively)
}

// fieldsOf returns the values of a literal of a struct by the names of its fields.
func fieldsOf(e ast.Expr) map[string]ast.Expr {
	fields := map[string]ast.Expr{}
	for _, e := range elements(e) {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			fields[types.ExprString(pair.Key)] = pair.Value
		}
	}
	return fields
}

func elements(e ast.Expr) []ast.Expr {
	if list, ok := e.(*ast.CompositeLit); ok {
		return list.Elts
	}
	return nil
}

// containsAll reports whether a comma-separated list contains each item of another one.
func containsAll(list, items string) bool {
	have := strings.Split(list, ", ")
	for item := range strings.SplitSeq(items, ", ") {
		if item != "" && !slices.Contains(have, item) {
			return false
		}
	}
	return true
}

// descriptors returns the fields of each variable of the type rest.Operation, as text.
func descriptors(p *Package) map[string]map[string]string {
	found := map[string]map[string]string{}
	for _, file := range p.generated {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Operation") {
				return true
			}
			if _, ok := spec.Values[0].(*ast.CompositeLit); !ok {
				return true
			}
			texts := map[string]string{}
			for key, value := range fieldsOf(spec.Values[0]) {
				if texts[key] = plainText(value); key == "Security" {
					texts[key] = securityText(value)
				}
			}
			found[spec.Names[0].Name] = texts
			return true
		})
	}
	return found
}
