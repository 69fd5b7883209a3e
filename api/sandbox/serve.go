package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
)

// visit is one request and what is known of it.
type visit struct {
	*http.Request
	op      *rest.Operation
	path    map[string]string // values of the path template
	query   url.Values
	token   string
	company string
}

// handlers answer the operations, by id. An operation of the spec without one answers 501, so that it is noticed.
var handlers = map[string]func(*Sandbox, *visit) reply{
	api.OperationSnapshots.ID:       (*Sandbox).listSnapshots,
	api.OperationCreateShareLink.ID: (*Sandbox).createLink,
	api.OperationPushes.ID:          (*Sandbox).listPushes,
	api.OperationLatestPush.ID:      (*Sandbox).latestPush,
}

// ServeHTTP answers one request.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := &visit{Request: r, query: r.URL.Query()}
	v.token = bearer(r.Header.Get("Authorization"))
	v.company = v.query.Get("companyId")
	v.op, v.path = route(r)

	allowed := s.meter.count(w.Header(), v.token+" "+v.company)
	answer := s.answer(v, allowed)
	seen := Request{Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, Status: answer.status}
	if v.op != nil {
		seen.Operation = v.op.ID
	}
	s.requests = append(s.requests, seen)
	answer.write(w)
}

// bearer is the token of an Authorization header, or empty when it is none of that scheme, whose name has no case.
func bearer(authorization string) string {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return token
}

// answer checks a request as every operation does, and hands it on.
func (s *Sandbox) answer(v *visit, allowed bool) reply {
	switch {
	case v.op == nil:
		return refuse(http.StatusNotFound, "Cannot "+v.Method+" "+v.URL.EscapedPath())
	case !allowed:
		return refuse(http.StatusTooManyRequests, "Too Many Requests")
	}
	if planned, ok := s.planned(v.op.ID); ok {
		return planned
	}
	if r, ok := s.gate(v); !ok {
		return r
	}
	handle, ok := handlers[v.op.ID]
	if !ok {
		return refuse(http.StatusNotImplemented, "the sandbox does not know "+v.op.ID)
	}
	return handle(s, v)
}

// gate checks token, version, scope and company.
func (s *Sandbox) gate(v *visit) (reply, bool) {
	scopes, known := s.tokens[v.token]
	versions := v.Header.Values("Version")
	switch {
	case !known && strings.HasPrefix(v.token, "pit-"):
		return refuse(http.StatusUnauthorized, "Invalid Private Integration token"), false
	case !known:
		return refuse(http.StatusUnauthorized, "Invalid JWT"), false
	case len(versions) == 0 || versions[0] == "":
		return refuse(http.StatusUnauthorized, "version header was not found."), false
	case versions[0] != api.Version20210728 && versions[0] != api.VersionV3:
		return refuse(http.StatusUnauthorized, "version header is invalid"), false
	}
	for _, scope := range v.op.Scopes {
		if !slices.Contains(scopes, scope) {
			return refuse(http.StatusUnauthorized, "The token is not authorized for this scope."), false
		}
	}
	if v.company == "" {
		return invalid("companyId should not be empty", "companyId must be a string"), false
	}
	return reply{}, true
}

// route finds the operation whose template fits, segment by segment, so that an escaped slash stays in its value.
func route(r *http.Request) (*rest.Operation, map[string]string) {
	have := strings.Split(r.URL.EscapedPath(), "/")
	for _, op := range api.Operations() {
		if op.Method != r.Method {
			continue
		}
		if values, ok := match(strings.Split(op.Path, "/"), have); ok {
			return op, values
		}
	}
	return nil, nil
}

func match(want, have []string) (map[string]string, bool) {
	if len(want) != len(have) {
		return nil, false
	}
	values := map[string]string{}
	for i, segment := range want {
		text, err := url.PathUnescape(have[i])
		if err != nil {
			return nil, false
		}
		name, isValue := strings.CutPrefix(segment, "{")
		switch {
		case isValue && text == "", !isValue && text != segment:
			return nil, false
		case isValue:
			values[strings.TrimSuffix(name, "}")] = text
		}
	}
	return values, true
}
