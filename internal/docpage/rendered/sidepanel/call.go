package sidepanel

import (
	"net/url"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Call is the sample call of a page, one of curl.
type Call struct {
	At      int // its line; 0 if there is none
	Address string
	Verb    string
	Headers []callHeader
	Data    string // what -d sends
	DataAt  int
	Unknown []shellWord // words that no known sample call has
}

type callHeader struct {
	Name, value string
	Line        int
}

// Header returns the value of a header that the call sends, without parameters; "" for none.
func (c *Call) Header(name string) string {
	for _, h := range c.Headers {
		if strings.EqualFold(h.Name, name) {
			value, _, _ := strings.Cut(h.value, ";")
			return strings.ToLower(strings.TrimSpace(value))
		}
	}
	return ""
}

// readCall reads the command line in a block of code.
func readCall(tok token.Token) Call {
	out := Call{At: tok.FirstLine()}
	words := shellWords(tok)
	value := func(i int) shellWord {
		if i < len(words) {
			return words[i]
		}
		return shellWord{Line: tok.FirstLine()}
	}
	verb := "GET"
	for i := 1; i < len(words); i++ {
		w := words[i]
		switch w.Text {
		case "-L", "--location", "-g", "--globoff":
		case "-I", "--head":
			verb = "HEAD"
		case "-X", "--request":
			i++
			out.Verb = value(i).Text
		case "-H", "--header":
			i++
			name, text, _ := strings.Cut(value(i).Text, ":")
			out.Headers = append(out.Headers, callHeader{strings.TrimSpace(name), strings.TrimSpace(text), value(i).Line})
		case "-d", "--data", "--data-raw", "--data-binary", "--data-ascii":
			i++
			out.Data, out.DataAt, verb = value(i).Text, value(i).Line, "POST"
		case "-F", "--form", "--data-urlencode":
			i++
			verb = "POST"
		default:
			if out.Address == "" && token.IsAddress(w.Text) {
				out.Address = w.Text
			} else {
				out.Unknown = append(out.Unknown, w)
			}
		}
	}
	if out.Verb == "" {
		out.Verb = verb
	}
	return out
}

// doubleBraces removes the second pair of braces of a parameter whose name is not a single word: it keeps those of the path,
// and the sample call adds its own.
var doubleBraces = strings.NewReplacer("{{", "{", "}}", "}")

// SameRoute compares the address in the page's head with that of the call, in which newer themes fill in the parameters.
func SameRoute(head, call string) bool {
	a, b := strings.Split(strings.TrimRight(head, "/"), "/"), strings.Split(strings.TrimRight(call, "/"), "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		b[i] = doubleBraces.Replace(b[i])
		filled := strings.Contains(a[i], "{") && !strings.HasPrefix(b[i], ":") && !strings.Contains(b[i], "{")
		if _, named := grammar.SplitAddress("/" + b[i]); a[i] != b[i] && a[i] != strings.TrimPrefix(named, "/") && !filled {
			return false
		}
	}
	return true
}

// QueryOf returns the names and values in the query of an address, in order.
func QueryOf(address string) (names, values []string) {
	_, query, _ := strings.Cut(address, "?")
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(name); err == nil && name != "" {
			value, _ := url.QueryUnescape(value)
			names, values = append(names, name), append(values, value)
		}
	}
	return names, values
}
