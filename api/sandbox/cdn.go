package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// bareAgents are the prefixes of the default User-Agents of libraries. Which of them the CDN rejects is a guess.
var bareAgents = []string{"Go-http-client/", "Python-urllib/", "python-requests/", "Java/", "libwww-perl/", "okhttp/", "axios/", "node-fetch"}

// WithCDN rejects requests whose User-Agent is the default of a library, as the CDN in front of the service does: with 403 and the
// text "error code: 1010". Without it they are accepted, since the rejection is not documented.
func WithCDN() Option { return func(s *Sandbox) { s.cdn = true } }

func (s *Sandbox) blocks(agent string) bool {
	isBare := func(bare string) bool { return strings.HasPrefix(agent, bare) }
	return s.cdn && (agent == "" || slices.ContainsFunc(bareAgents, isBare))
}

func blocked() *answer {
	return &answer{status: http.StatusForbidden, kind: "text/plain; charset=UTF-8", body: []byte("error code: 1010"), refused: "User-Agent is a library's default"}
}
