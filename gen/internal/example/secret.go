package example

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// word replaces a secret in an example, since it may be a real one.
const word = "example"

// secretNames are the words in names of secrets; secretText matches tokens and keys by their form.
var (
	secretNames = []string{"token", "secret", "password", "passwd", "passphrase", "authorization", "credential", "credentials", "apikey", "privatekey", "jwt", "cookie", "signature", "passcode", "pwd", "accesskey"}
	secretText  = regexp.MustCompile(`(?i)\bpit-[0-9a-f]{8}-|\beyJ[\w-]{5,}|\bbearer\s|\bbasic\s+[a-z0-9+/=]{8,}|\b[spr]k_(live|test)_|\bgh[pousr]_\w{8,}|\bgithub_pat_\w|\bglpat-|\bshp(at|ca|pa|ss)_|\bwhsec_|\bSG\.[\w-]{16,}|\bxox[abeprs]-|\bA[KS]IA[0-9A-Z]{12,}|\bAIza[\w-]{20,}|\bya29\.|\bsk-\w{12,}|-----BEGIN|` +
		`://[^/\s:@]*:[^/\s@]+@|[?&][\w-]*(token|secret|password|key|signature|sig)=[^&\s]|hooks\.slack\.com/services/`)
)

// isSecret reports whether text under a name may be a secret.
func (m *Maker) isSecret(name, text string) bool {
	words := goname.Words(name)
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	joined := strings.TrimSuffix(strings.Join(words, ""), "s")
	return m.hidden[name] || secretText.MatchString(text) || slices.ContainsFunc(secretNames, func(secret string) bool {
		return slices.Contains(words, secret) || strings.HasSuffix(joined, secret)
	})
}

// hide remembers the name of a field whose format is password, since values in examples of answers are recognized by their names.
func (m *Maker) hide(f *model.Field) {
	for _, s := range []*openapi3.Schema{f.Outer, f.Schema} {
		if s != nil && s.Format == "password" {
			m.hidden[f.Wire] = true
		}
	}
}

// withoutSecrets returns a copy of a value in which secrets are replaced.
func (m *Maker) withoutSecrets(name string, v any) any {
	switch v := v.(type) {
	case string:
		if m.isSecret(name, v) {
			return word
		}
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = m.withoutSecrets(name, item)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[key] = m.withoutSecrets(key, value)
		}
		return out
	}
	return v
}
