package example

import (
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
)

// word stands for a secret of a document's example: what an author pasted there may be real.
const word = "example"

// secretNames are words that a name which holds a secret has in it; secretText matches tokens and keys by their form.
var (
	secretNames = []string{"token", "secret", "password", "passwd", "passphrase", "authorization", "credential", "credentials", "apikey", "privatekey", "jwt", "cookie", "signature"}
	secretText  = regexp.MustCompile(`(?i)\bpit-[0-9a-f]{8}-|\beyJ[\w-]{5,}|\bbearer\s|\bbasic\s+[a-z0-9+/=]{8,}|\b[spr]k_(live|test)_|\bgh[pousr]_\w{8,}|\bxox[abp]-|\bAKIA[0-9A-Z]{12,}|\bAIza[\w-]{20,}|\bya29\.|\bsk-\w{12,}|-----BEGIN`)
)

// isSecret reports whether a text under a name may be a secret.
func isSecret(name, text string) bool {
	words := goname.Words(name)
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	joined := strings.Join(words, "")
	return slices.ContainsFunc(secretNames, func(secret string) bool { return slices.Contains(words, secret) || strings.HasSuffix(joined, secret) }) ||
		secretText.MatchString(text)
}

// harmless is a value without its secrets.
func harmless(name string, v any) any {
	switch v := v.(type) {
	case string:
		if isSecret(name, v) {
			return word
		}
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = harmless(name, item)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[key] = harmless(key, value)
		}
		return out
	}
	return v
}
