package judge

import (
	"net/http"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// cookies judges the cookies that a request sends.
func (c *check) cookies(r *http.Request, parameters []*openapi3.Parameter, credentials map[string]bool) {
	seen := map[string]bool{}
	for _, cookie := range r.Cookies() {
		where := "cookie " + cookie.Name
		i := slices.IndexFunc(parameters, func(p *openapi3.Parameter) bool {
			return p.In == openapi3.ParameterInCookie && p.Name == cookie.Name
		})
		switch {
		case i < 0 && !credentials["Cookie "+cookie.Name]:
			c.add(UndeclaredCookie, c.atOperation(), where, "is not declared; the operation has %s", names(parameters, "cookie"))
		case seen[cookie.Name]:
			c.add(RepeatedHeader, c.atOperation(), where, "comes more than once")
		}
		seen[cookie.Name] = true
		if i >= 0 {
			c.parameter(parameters[i], c.at(parameters[i].Origin), where, []pair{{cookie.Name, cookie.Value}})
		}
	}
	for _, p := range parameters {
		if p.In == openapi3.ParameterInCookie && !seen[p.Name] {
			c.required(p, "cookie "+p.Name)
		}
	}
}
