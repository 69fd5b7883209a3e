package output

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/dates"
)

// plainText returns a value of a column as text.
func plainText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return dates.Show(v.Local())
	case []string:
		return strings.Join(v, ";")
	case bool:
		if v {
			return "yes"
		}
		return "no"
	default:
		return fmt.Sprint(v)
	}
}

// Visible returns text with control characters, and those that change the direction of writing, as escapes: text from a
// service must not move the cursor of a terminal or hide a part of a line.
func Visible(text string) string {
	special := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
	if !strings.ContainsFunc(text, special) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if special(r) {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
