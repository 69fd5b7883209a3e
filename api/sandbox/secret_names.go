package sandbox

import (
	"html"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// secretNames are the names of secrets, without separators and in lower case.
var secretNames = map[string]bool{
	"accesstoken": true, "refreshtoken": true, "idtoken": true, "token": true, "authtoken": true, "bearertoken": true, "privatetoken": true,
	"clientsecret": true, "secret": true, "password": true, "apikey": true, "authorization": true, "clientassertion": true, "codeverifier": true,
	"code": true, "authcode": true, "authorizationcode": true,
}

var separators = strings.NewReplacer("_", "", "-", "", ".", "")

func isSecret(name string) bool {
	return secretNames[separators.Replace(strings.ToLower(name))]
}

var (
	// issuedToken matches the codes and tokens that the sandbox issues.
	issuedToken = regexp.MustCompile(`sandbox-(?:access|refresh|code)-[\w-]+`)
	// namedValue matches name=value and "name": "value" of a secret, also with escaped quotes.
	namedValue = sync.OnceValue(func() *regexp.Regexp { // not when the program starts, since it takes milliseconds
		return regexp.MustCompile(`(?i)((?:^|[^\w%.-])(?:x[_-])?(` + secretNamesPattern() + `))((?:\\*["'])?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|(?:\\*["'])?[^&\s"'\\,;<>{}\[\]]+)`)
	})
	// formPart matches a field of a multipart form.
	formPart = regexp.MustCompile(`(name="?([\w%.-]+)"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([^\r\n]+)`)
)

// secretNamesPattern matches each of the names with and without separators.
func secretNamesPattern() string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(secretNames)) {
		all = append(all, strings.Join(strings.Split(name, ""), `(?:[_.-]|%2[DE]|%5F)?`))
	}
	return strings.Join(all, "|")
}

// named redacts the values that have the name of a secret, in a text of any form.
func (c *redactor) named(text string) string {
	if !mayHoldSecret([]byte(text)) {
		return text
	}
	if strings.Contains(text, "form-data") {
		text = formPart.ReplaceAllStringFunc(text, func(part string) string {
			m := formPart.FindStringSubmatch(part)
			if !isSecret(unescape(m[2])) {
				return part
			}
			c.collect(m[3])
			return m[1] + redacted
		})
	}
	return namedValue().ReplaceAllStringFunc(text, func(pair string) string {
		m := namedValue().FindStringSubmatch(pair)
		name, between, value := m[2], m[3], m[4]
		quotes := value[:len(value)-len(strings.TrimLeft(value, `\"'`))]
		bare := strings.Trim(value, `\"'`)
		switch {
		case bare == "", bare == redacted:
			return pair
		case strings.EqualFold(name, "code") && strings.HasPrefix(between, ":"): // "error code: 1010" is a sentence
			return pair
		case (strings.EqualFold(bare, "bearer") || strings.EqualFold(bare, "basic")) && quotes == "":
			return pair // the value is redacted as a token
		}
		if _, err := strconv.ParseFloat(bare, 64); err == nil && quotes == "" && strings.ContainsAny(between, `"'`) {
			return m[1] + between + "0" // a number in JSON
		}
		c.collect(bare)
		if !strings.HasPrefix(value, `"`) {
			return m[1] + between + quotes + redacted
		}
		return m[1] + between + `"` + redacted + value[min(len(value), len(strings.TrimSuffix(value, `"`))):]
	})
}

var escape = regexp.MustCompile(`%[0-9A-Fa-f]{2}|\\+u[0-9A-Fa-f]{4}|\\+/`)

// unescape decodes characters that are escaped as in a URL, in JSON or in HTML.
func unescape(text string) string {
	if strings.ContainsAny(text, `%\`) {
		text = escape.ReplaceAllStringFunc(text, func(e string) string {
			switch digits := strings.TrimLeft(e, `\`); digits[0] {
			case '%':
				n, _ := strconv.ParseUint(digits[1:], 16, 8)
				return string([]byte{byte(n)})
			case 'u':
				n, _ := strconv.ParseUint(digits[1:], 16, 32)
				return string(rune(n))
			default:
				return "/"
			}
		})
	}
	return html.UnescapeString(text)
}
