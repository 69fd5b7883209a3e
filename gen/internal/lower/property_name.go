package lower

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// maxProperty is the maximum length of a property name. The time that oapi-codegen takes grows with its square.
const maxProperty = 500

// WrongTag returns why a property name cannot be written in a struct tag that encoding/json reads, or "" if it can.
func WrongTag(name string) string {
	if name == "" {
		return "a property without a name cannot be a Go field"
	}
	if len(name) > maxProperty {
		return fmt.Sprintf("property %.20q… has a name of more than %d bytes", name, maxProperty)
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) {
			return "property " + strconv.Quote(name) + " cannot be a Go field: encoding/json does not accept " + strconv.Quote(string(r)) + " in a name"
		}
	}
	return ""
}
