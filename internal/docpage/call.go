package docpage

import (
	"net/url"
	"strings"
)

// call is the sample call of a page, one of curl.
type call struct {
	at      int // its line; 0 where there is none
	address string
	verb    string
	headers []callHeader
	data    string // what -d sends
	dataAt  int
	odd     []shellWord // words that no sample call is known to have
}

type callHeader struct {
	name, value string
	line        int
}

// header is the value of a header that the call sends, without parameters; "" for none.
func (c *call) header(name string) string {
	for _, h := range c.headers {
		if strings.EqualFold(h.name, name) {
			value, _, _ := strings.Cut(h.value, ";")
			return strings.ToLower(strings.TrimSpace(value))
		}
	}
	return ""
}

// readCall reads the command line in a block of code.
func readCall(tok token) call {
	out := call{at: tok.inside()}
	words := shellWords(tok)
	value := func(i int) shellWord {
		if i < len(words) {
			return words[i]
		}
		return shellWord{line: tok.inside()}
	}
	verb := "GET"
	for i := 1; i < len(words); i++ {
		w := words[i]
		switch w.text {
		case "-L", "--location", "-g", "--globoff":
		case "-I", "--head":
			verb = "HEAD"
		case "-X", "--request":
			i++
			out.verb = value(i).text
		case "-H", "--header":
			i++
			name, text, _ := strings.Cut(value(i).text, ":")
			out.headers = append(out.headers, callHeader{strings.TrimSpace(name), strings.TrimSpace(text), value(i).line})
		case "-d", "--data", "--data-raw", "--data-binary", "--data-ascii":
			i++
			out.data, out.dataAt, verb = value(i).text, value(i).line, "POST"
		case "-F", "--form", "--data-urlencode":
			i++
			verb = "POST"
		default:
			if out.address == "" && isAddress(w.text) {
				out.address = w.text
			} else {
				out.odd = append(out.odd, w)
			}
		}
	}
	if out.verb == "" {
		out.verb = verb
	}
	return out
}

// doubleBraces: a parameter whose name is no single word keeps its braces, and gets the sample call's own.
var doubleBraces = strings.NewReplacer("{{", "{", "}}", "}")

// sameRoute compares the address in the page's head with that of the call, in which newer themes fill in the parameters.
func sameRoute(head, call string) bool {
	a, b := strings.Split(strings.TrimRight(head, "/"), "/"), strings.Split(strings.TrimRight(call, "/"), "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		b[i] = doubleBraces.Replace(b[i])
		filled := strings.Contains(a[i], "{") && !strings.HasPrefix(b[i], ":") && !strings.Contains(b[i], "{")
		if _, named := splitAddress("/" + b[i]); a[i] != b[i] && a[i] != strings.TrimPrefix(named, "/") && !filled {
			return false
		}
	}
	return true
}

// queryOf lists the names and values of an address's query, in order.
func queryOf(address string) (names, values []string) {
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
