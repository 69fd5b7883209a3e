// Package format checks the formats of OpenAPI and JSON Schema that the library for JSON Schema does not check, or checks
// less strictly than the JSON-Schema-Test-Suite does.
package format

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Register makes a compiler check formats. Unknown formats have no effect. Before OpenAPI 3.1, whose JSON Schema is the
// first to know internationalized names, any label of a host name may have two hyphens.
func Register(c *jsonschema.Compiler, later bool) {
	c.AssertFormat()
	for name, valid := range texts {
		if name == "hostname" && !later {
			valid = plainHostname
		}
		c.RegisterFormat(&jsonschema.Format{Name: name, Validate: func(value any) error {
			if text, isText := value.(string); isText && !valid(text) {
				return errors.New("invalid")
			}
			return nil
		}})
	}
	for name, bits := range map[string]int{"int32": 32, "int64": 64} {
		c.RegisterFormat(&jsonschema.Format{Name: name, Validate: func(value any) error { return inRange(value, bits) }})
	}
}

var texts = map[string]func(string) bool{
	"uri":           URI,
	"uri-reference": func(s string) bool { return isReference(s, asciiReference) },
	"iri":           func(s string) bool { return absolute.MatchString(s) && isReference(s, anyReference) },
	"iri-reference": func(s string) bool { return isReference(s, anyReference) },
	"uri-template":  template.MatchString,
	"email":         func(s string) bool { return email(s, false) },
	"idn-email":     func(s string) bool { return email(s, true) },
	"hostname":      hostname,
	"idn-hostname":  idnHostname,
	"ipv4":          func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is4() },
	"duration":      duration.MatchString,
	"byte":          base64Text,
}

// duration is that of RFC 3339, appendix A: a unit may be omitted only at the ends, and weeks cannot be combined.
var duration = regexp.MustCompile(`^P(?:[0-9]+W|(?:` + units("Y", "M", "D") + `)(?:T(?:` + units("H", "M", "S") + `))?|T(?:` + units("H", "M", "S") + `))$`)

func units(large, middle, small string) string {
	const n = "[0-9]+"
	end := n + small
	tail := n + middle + "(?:" + end + ")?"
	return n + large + "(?:" + tail + ")?|" + tail + "|" + end
}

// base64Text accepts both alphabets, with and without padding: OpenAPI names RFC 4648 without a section.
func base64Text(s string) bool {
	s = strings.NewReplacer("-", "+", "_", "/").Replace(s)
	_, padded := base64.StdEncoding.DecodeString(s)
	_, bare := base64.RawStdEncoding.DecodeString(s)
	return padded == nil || bare == nil
}

// inRange checks integers only: a number with a fraction is of another type, not out of range.
func inRange(value any, bits int) error {
	switch value.(type) {
	case json.Number, float64:
	default:
		return nil
	}
	if _, err := strconv.ParseInt(fmt.Sprint(value), 10, bits); errors.Is(err, strconv.ErrRange) {
		return errors.New("out of range")
	}
	return nil
}
