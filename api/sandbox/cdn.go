package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// bareAgents are what libraries call themselves when their user does not. Which of them the CDN turns away is a guess.
var bareAgents = []string{"Go-http-client/", "Python-urllib/", "python-requests/", "Java/", "libwww-perl/", "okhttp/", "axios/", "node-fetch"}

// WithCDN turns away requests whose User-Agent is the bare default of a library, as the CDN in front of the service does: with
// 403 and the text "error code: 1010". Without it they are served, since that answer is documented nowhere.
func WithCDN() Option { return func(s *Sandbox) { s.cdn = true } }

func (s *Sandbox) blocks(agent string) bool {
	isBare := func(bare string) bool { return strings.HasPrefix(agent, bare) }
	return s.cdn && (agent == "" || slices.ContainsFunc(bareAgents, isBare))
}

func blocked() *answer {
	return &answer{status: http.StatusForbidden, kind: "text/plain; charset=UTF-8", body: []byte("error code: 1010"), refused: "User-Agent is a library's default"}
}
