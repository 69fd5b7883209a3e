package judge

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// token68 is what RFC 6750 allows after "Bearer".
var token68 = regexp.MustCompile(`^[A-Za-z0-9._~+/-]+=*$`)

// credentialPlaces returns where the schemes of an operation put credentials: header names, query names, and "Cookie name".
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

// credentials judges how often credentials appear, and whether they are in the URL; see [check.authenticate] for whether
// they are present.
func (c *check) credentials(r *http.Request, headers, query map[string]bool) {
	c.authenticate(r)
	if r.URL.User != nil {
		c.add(Credentials, c.atOperation(), "URL", "holds a user name or password")
	}
	for name := range headers {
		if len(r.Header.Values(name)) > 1 {
			c.add(Credentials, c.atOperation(), "header "+name, "comes more than once")
		}
	}
	if r.Header.Get("Authorization") != "" && headers["Authorization"] && !c.anyAuthorization(c.route, r) {
		// Where credentials are optional, or others satisfy the operation, these are judged nowhere else.
		c.add(Credentials, c.atOperation(), "header Authorization", "is of no scheme that the operation takes, or malformed")
	}
	values := r.URL.Query()
	for name := range query {
		if len(values[name]) > 1 {
			c.add(Credentials, c.atOperation(), "query "+name, "comes more than once")
		}
	}
}

// anyAuthorization reports whether the header satisfies one of the schemes that use it.
func (j *Judge) anyAuthorization(r *route, request *http.Request) bool {
	for _, requirement := range j.security(r) {
		for name := range requirement {
			s := j.scheme(name)
			inHeader := s != nil && (s.Type != "apiKey" || s.In == "header" && http.CanonicalHeaderKey(s.Name) == "Authorization")
			if inHeader && unsatisfied(request, s) == nil {
				return true
			}
		}
	}
	return false
}

// authenticate judges whether a request satisfies one of the security requirements. No violation repeats the credentials.
func (c *check) authenticate(r *http.Request) {
	requirements := c.security(c.route)
	var missing []string
	for _, requirement := range requirements {
		var texts []string
		for _, name := range slices.Sorted(maps.Keys(requirement)) {
			if s := c.scheme(name); s != nil {
				if err := unsatisfied(r, s); err != nil {
					texts = append(texts, err.Error())
				}
			}
		}
		if len(texts) == 0 {
			return
		}
		missing = append(missing, strings.Join(texts, " and "))
	}
	if len(requirements) > 0 {
		c.add(Credentials, c.atOperation(), "credentials", "%s", strings.Join(missing, "; or "))
	}
}

// unsatisfied returns what a request lacks of the credentials of a scheme, or nil.
func unsatisfied(r *http.Request, scheme *openapi3.SecurityScheme) error {
	switch scheme.Type {
	case "apiKey":
		return apiKey(r, scheme)
	case "http":
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
			return errors.New("header Authorization holds no well-formed token after Bearer")
		}
	case "basic":
		plain, err := base64.StdEncoding.DecodeString(rest)
		if err != nil || !strings.Contains(string(plain), ":") {
			return errors.New("header Authorization holds no user:password in base64 after Basic")
		}
	default:
		if rest == "" {
			return fmt.Errorf("header Authorization holds nothing after %s", kind)
		}
	}
	return nil
}
