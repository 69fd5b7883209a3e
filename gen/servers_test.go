package main

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/gen/client"
)

// TestServersAndSecurityThatCannotBeUsedAreNoted gives documents and operations servers that no path can be appended to, and security that no request can
// carry.
func TestServersAndSecurityThatCannotBeUsedAreNoted(t *testing.T) {
	for _, c := range []struct{ name, top, path, want string }{
		{"relative server", "servers: [{url: /v1}]", "", ""},
		{"server with a path", "servers: [{url: 'https://{a}.test/{b}/', variables: {a: {default: x}, b: {default: v1}}}]", "", ""},
		{"variable without a default", "servers: [{url: 'https://{a}.test'}]", "", `spec.yaml:3: the server "https://{a}.test" cannot be the beginning of a URL`},
		{"server with a query", "servers: [{url: 'https://a.test?b=c'}]", "", "spec.yaml:3: the server"},
		{"server of another scheme", "servers: [{url: 'ftp://a.test'}]", "", "spec.yaml:3: the server"},
		{"server with a password", "servers: [{url: 'https://b:c@a.test'}]", "", "spec.yaml:3: the server"},
		{"relative server of a path, with one to complete it", "servers: [{url: 'https://a.test/v1'}]", "servers: [{url: /up}]", ""},
		{"relative server of a path, alone", "servers: [{url: /v1}]", "servers: [{url: /up}]", `spec.yaml:5: the server "/up" of this operation is relative, and the document has no server`},
		{"basic and a token", "security: [{b: [], t: []}]", "", "spec.yaml:3: a request has one header Authorization, and this alternative needs 2"},
		{"a key in Authorization and a token", "security: [{k: [], t: []}, {t: []}]", "", "spec.yaml:3: a request has one header Authorization"},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n" + c.top + "\npaths:\n  /a: {get: {responses: {'200': {description: ok}}}, " + c.path + `}
components: {securitySchemes: {b: {type: http, scheme: basic}, t: {type: http, scheme: bearer}, k: {type: apiKey, in: header, name: authorization}}}
`
			_, notes, err := generate(write(t, "spec.yaml", spec), "p", client.Extras{})
			if err != nil {
				t.Fatal(err)
			}
			if all := strings.Join(notes, "\n"); !strings.Contains(all, c.want) || c.want == "" != (len(notes) == 0) {
				t.Errorf("notes\n%s\ndo not have just %q", all, c.want)
			}
		})
	}
}
