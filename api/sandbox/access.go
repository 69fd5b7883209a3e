package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Levels of a token, as the service names them in userType.
const (
	Company    = "Company"  // of an agency
	SubAccount = "Location" // of a sub-account
)

// Access is what a token may do.
type Access struct {
	Scopes     []string  `json:"scopes"`              // such as snapshots.readonly
	UserType   string    `json:"userType"`            // [Company] or [SubAccount]; the default is Company
	CompanyID  string    `json:"companyId,omitzero"`  // the only agency that it gives access to; empty for all
	LocationID string    `json:"locationId,omitzero"` // the only sub-account that it gives access to; empty for all of the agency
	Expires    time.Time `json:"expires,omitzero"`    // when it expires; zero for never
}

// WithToken adds a token of an agency, with its scopes.
func WithToken(token string, scopes ...string) Option {
	return WithAccess(token, Access{Scopes: scopes})
}

// WithAccess adds a token. One that begins with pit- is a private integration token, any other an OAuth token.
func WithAccess(token string, a Access) Option {
	return func(s *Sandbox) {
		if a.UserType == "" {
			a.UserType = Company
		}
		s.tokens[token] = a
	}
}

// bearer returns the token of an Authorization header; empty unless the scheme is Bearer, in any case of its letters.
func bearer(authorization string) string {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return token
}

// access finds what a token may do.
func (s *Sandbox) access(token string) (a Access, known bool) {
	if a, known = s.tokens[token]; known {
		return a, true
	}
	if g := s.grantOf(accessPrefix, token); g != nil {
		return g.Access, true
	}
	return a, false
}

// checkAccess checks token, version, level, scope and agency, and returns the refusal, if any. The order of the checks is a guess; the
// texts are the service's.
func (s *Sandbox) checkAccess(v *visit) *answer {
	if v.route.open {
		return nil
	}
	a, known := s.access(v.token)
	switch {
	case !known && strings.HasPrefix(v.token, "pit-"):
		return refuse(http.StatusUnauthorized, "Invalid Private Integration token")
	case !known:
		return refuse(http.StatusUnauthorized, "Invalid JWT")
	case !a.Expires.IsZero() && !time.Now().Before(a.Expires):
		return refuse(http.StatusUnauthorized, "Invalid token: access token is invalid")
	}
	if refused := v.checkVersion(); refused != nil {
		return refused
	}
	v.access = a
	op := v.route.op
	if !a.hasLevelFor(op) || !v.hasTokenKind() {
		return refuse(http.StatusUnauthorized, "This token's user type is not yet supported!")
	}
	for _, scope := range op.Scopes {
		if !slices.Contains(a.Scopes, scope) {
			return refuse(http.StatusUnauthorized, "The token is not authorized for this scope.")
		}
	}
	if v.route.ofCompany && v.company == "" {
		return invalid(op, "companyId should not be empty", "companyId must be a string")
	}
	if v.company != "" && a.CompanyID != "" && a.CompanyID != v.company {
		return outOfReach() // that the text is the same for an agency is a guess
	}
	if id := v.path["locationId"]; a.LocationID != "" && id != "" && id != a.LocationID {
		return outOfReach()
	}
	return nil
}

// outOfReach refuses a token without access to the sub-account.
func outOfReach() *answer {
	return refuse(http.StatusUnauthorized, "This location is not accessible from this token!")
}

// hasLevelFor reports whether the operation accepts a token of that level. [Token] has none and is always accepted.
func (a Access) hasLevelFor(op *rest.Operation) bool {
	level := rest.AgencyToken
	if a.UserType == SubAccount {
		level = rest.SubAccountToken
	}
	return a.UserType == "" || slices.Contains(op.TokenTypes, level)
}

// hasTokenKind reports whether the operation accepts the kind of the token. How the service refuses another kind is a guess.
func (v *visit) hasTokenKind() bool {
	kinds := v.route.op.AuthMethods
	return len(kinds) == 0 || !strings.HasPrefix(v.token, "pit-") || slices.Contains(kinds, rest.PrivateIntegrationToken)
}

func (v *visit) checkVersion() *answer {
	versions := v.Header.Values("Version")
	switch {
	case len(versions) == 0 || versions[0] == "":
		return refuse(http.StatusUnauthorized, "version header was not found.")
	case versions[0] != api.Version20210728 && versions[0] != api.VersionV3:
		return refuse(http.StatusUnauthorized, "version header is invalid")
	case v.route.version != "" && v.route.version != versions[0]:
		// The service is known to answer with a 400 or a 404. A 400 is documented for every operation.
		return refuse(http.StatusBadRequest, v.Method+" "+v.URL.EscapedPath()+" is not available in API version "+versions[0])
	}
	return nil
}
