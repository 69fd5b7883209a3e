package judge

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// token68 is what RFC 6750 allows behind "Bearer".
var token68 = regexp.MustCompile(`^[A-Za-z0-9._~+/-]+=*$`)

// credentialPlaces are where the schemes of an operation put credentials: header names, query names, and "Cookie name".
func (j *Judge) credentialPlaces(r *route) (headers, query map[string]bool) {
	headers, query = map[string]bool{}, map[string]bool{}
	for _, requirement := range j.security(r) {
		for name := range requirement {
			scheme := j.scheme(name)
			switch {
			case scheme == nil:
			case scheme.Type != "apiKey":
				headers["Authorization"] = true
			case scheme.In == "header":
				headers[http.CanonicalHeaderKey(scheme.Name)] = true
			case scheme.In == "cookie":
				headers["Cookie "+scheme.Name] = true
			case scheme.In == "query":
				query[scheme.Name] = true
			}
		}
	}
	return headers, query
}

func (j *Judge) security(r *route) openapi3.SecurityRequirements {
	if r.op.Security != nil {
		return *r.op.Security
	}
	return j.doc.Security
}

func (j *Judge) scheme(name string) *openapi3.SecurityScheme {
	if j.doc.Components == nil || j.doc.Components.SecuritySchemes[name] == nil {
		return nil
	}
	return j.doc.Components.SecuritySchemes[name].Value
}

// credentials judges repetition, and the URL; whether they are there and well formed, authenticate says.
func (j *Judge) credentials(f *finding, r *http.Request, headers, query map[string]bool) {
	if r.URL.User != nil {
		f.add(Credentials, f.atOperation(), "URL", "holds a user name or password")
	}
	for name := range headers {
		if len(r.Header.Values(name)) > 1 {
			f.add(Credentials, f.atOperation(), "header "+name, "comes more than once")
		}
	}
	if r.Header.Get("Authorization") != "" && headers["Authorization"] && !j.anyAuthorization(f.route, r) {
		// Where credentials are optional, or others will do, kin-openapi does not look at these.
		f.add(Credentials, f.atOperation(), "header Authorization", "is of no scheme that the operation takes, or malformed")
	}
	values := r.URL.Query()
	for name := range query {
		if len(values[name]) > 1 {
			f.add(Credentials, f.atOperation(), "query "+name, "comes more than once")
		}
	}
}

// anyAuthorization says whether the header satisfies one of the schemes that use it.
func (j *Judge) anyAuthorization(r *route, request *http.Request) bool {
	for _, requirement := range j.security(r) {
		for name := range requirement {
			switch s := j.scheme(name); {
			case s == nil:
			case s.Type != "apiKey" && byHeader(request, s) == nil:
				return true
			case s.Type == "apiKey" && s.In == "header" && http.CanonicalHeaderKey(s.Name) == "Authorization" && apiKey(request, s) == nil:
				return true
			}
		}
	}
	return false
}

// authenticate is kin-openapi's question whether one scheme is satisfied. No error holds the credentials.
func authenticate(_ context.Context, in *openapi3filter.AuthenticationInput) error {
	r, scheme := in.RequestValidationInput.Request, in.SecurityScheme
	if scheme.Type == "apiKey" {
		return apiKey(r, scheme)
	}
	return byHeader(r, scheme)
}

func byHeader(r *http.Request, scheme *openapi3.SecurityScheme) error {
	if scheme.Type == "http" {
		return authorization(r, strings.ToLower(scheme.Scheme))
	}
	return authorization(r, "bearer") // oauth2, openIdConnect
}

func apiKey(r *http.Request, scheme *openapi3.SecurityScheme) error {
	value := ""
	switch scheme.In {
	case "header":
		value = r.Header.Get(scheme.Name)
	case "query":
		value = r.URL.Query().Get(scheme.Name)
	case "cookie":
		if c, err := r.Cookie(scheme.Name); err == nil {
			value = c.Value
		}
	}
	if strings.TrimSpace(value) == "" {
		return fmt.Errorf("%s %s is missing", scheme.In, scheme.Name)
	}
	return nil
}

func authorization(r *http.Request, kind string) error {
	value := r.Header.Get("Authorization")
	if value == "" {
		return errors.New("header Authorization is missing")
	}
	got, rest, _ := strings.Cut(value, " ")
	if !strings.EqualFold(got, kind) {
		return fmt.Errorf("header Authorization is not of the scheme %s", kind)
	}
	rest = strings.TrimLeft(rest, " ")
	switch kind {
	case "bearer":
		if !token68.MatchString(rest) {
			return errors.New("header Authorization holds no well-formed token behind Bearer")
		}
	case "basic":
		plain, err := base64.StdEncoding.DecodeString(rest)
		if err != nil || !strings.Contains(string(plain), ":") {
			return errors.New("header Authorization holds no user:password in base64 behind Basic")
		}
	default:
		if rest == "" {
			return fmt.Errorf("header Authorization holds nothing behind %s", kind)
		}
	}
	return nil
}
