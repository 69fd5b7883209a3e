package sandbox

import "strings"

// What the tokens that the sandbox hands out begin with.
const (
	accessPrefix  = "sandbox-access-"
	refreshPrefix = "sandbox-refresh-"
)

// grant is a pair of tokens that was handed out.
type grant struct {
	ID string `json:"id"` // what its tokens end with
	Access
}

// grantOf finds the grant of a token with that prefix.
func (s *Sandbox) grantOf(prefix, token string) *grant {
	id, ok := strings.CutPrefix(token, prefix)
	if !ok {
		return nil
	}
	return s.grants.get(id)
}
