package judge

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// route is one operation and the paths that lead to it.
type route struct {
	method   string
	template string
	op       *openapi3.Operation
	item     *openapi3.PathItem
	segments []segment
	values   int // how many segments are values; fewer is more specific
}

// segment is one part of a path between slashes: a fixed text, or a pattern with values in it.
type segment struct {
	fixed   string
	pattern *regexp.Regexp
	names   []string
}

func (r *route) name() string {
	if r.op.OperationID != "" {
		return r.op.OperationID
	}
	return r.method + " " + r.template
}

// parameters returns the parameters of the operation and those of its path that it does not override.
func (r *route) parameters() []*openapi3.Parameter {
	var out []*openapi3.Parameter
	for _, ref := range r.op.Parameters {
		out = append(out, ref.Value)
	}
	for _, ref := range r.item.Parameters {
		if r.op.Parameters.GetByInAndName(ref.Value.In, ref.Value.Name) == nil {
			out = append(out, ref.Value)
		}
	}
	return out
}

var pathValue = regexp.MustCompile(`\{([^{}]+)\}`)

func routes(doc *openapi3.T) ([]*route, error) {
	var all []*route
	for template, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			r := &route{method: method, template: template, op: op, item: item}
			for text := range strings.SplitSeq(template, "/") {
				s, err := parseSegment(text)
				if err != nil {
					return nil, fmt.Errorf("path %s: %w", template, err)
				}
				if s.pattern != nil {
					r.values++
				}
				r.segments = append(r.segments, s)
			}
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *route) int {
		if a.values != b.values {
			return a.values - b.values
		}
		return strings.Compare(a.template+a.method, b.template+b.method)
	})
	return all, nil
}

func parseSegment(text string) (segment, error) {
	found := pathValue.FindAllStringSubmatchIndex(text, -1)
	if found == nil {
		return segment{fixed: text}, nil
	}
	var s segment
	var pattern strings.Builder
	pattern.WriteString("(?s)^")
	end := 0
	for _, at := range found {
		// The text between two values may also occur in a value: {name}.{ext} is split at the last dot, as usual.
		pattern.WriteString(regexp.QuoteMeta(text[end:at[0]]) + "(.+)")
		s.names = append(s.names, text[at[2]:at[3]])
		end = at[1]
	}
	pattern.WriteString(regexp.QuoteMeta(text[end:]) + "$")
	var err error
	s.pattern, err = regexp.Compile(pattern.String())
	return s, err
}

// lookup finds the operation of a path, as it is on the wire below a server. Segments are split before they are unescaped,
// so that an escaped slash stays inside its value. pathKnown reports whether the path exists with another method.
func (j *Judge) lookup(method string, paths []string) (found *route, values map[string]string, pathKnown bool) {
	for _, path := range paths {
		segments := strings.Split(path, "/")
		for _, r := range j.routes {
			values, ok := r.match(segments)
			if !ok {
				continue
			}
			if r.method == method {
				return r, values, true
			}
			pathKnown = true
		}
	}
	return nil, nil, pathKnown
}

func (r *route) match(segments []string) (map[string]string, bool) {
	if len(segments) != len(r.segments) {
		return nil, false
	}
	values := map[string]string{}
	for i, s := range r.segments {
		text, err := url.PathUnescape(segments[i])
		if err != nil {
			return nil, false
		}
		if s.pattern == nil {
			if text != s.fixed {
				return nil, false
			}
			continue
		}
		found := s.pattern.FindStringSubmatch(text)
		if found == nil {
			return nil, false
		}
		for k, name := range s.names {
			values[name] = found[k+1]
		}
	}
	return values, true
}
