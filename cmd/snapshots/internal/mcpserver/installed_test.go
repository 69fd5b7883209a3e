package mcpserver_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestInstalledLocationsComeInPagesOfEachVersion(t *testing.T) {
	for _, version := range []string{api.Version20210728, api.VersionV3} {
		t.Run(version, func(t *testing.T) {
			o := sandboxOptions(t, sandbox.New(sandbox.WithSeed(sandbox.SeedDemo)))
			o.Client = append(o.Client, rest.WithDefault("Version", version))
			c := connect(t, o, nil)
			type page struct {
				Locations  []oauth.InstalledLocation
				NextCursor string
			}
			args, seen := object{"appId": "app", "limit": "2"}, map[string]bool{}
			for range 4 {
				p := read[page](t, c, "get-installed-location", args)
				for _, l := range p.Locations {
					seen[l.ID] = true
				}
				if args["skip"] = p.NextCursor; p.NextCursor == "" {
					break
				}
			}
			if len(seen) != 3 || args["skip"] != "" {
				t.Errorf("read %v, then %v", seen, args["skip"])
			}
			for _, limit := range []string{"two", "0", "-1"} {
				wantRefusal(t, call(t, c, "get-installed-location", object{"appId": "app", "limit": limit}), "limit is not", "Nothing was sent.")
			}
			wantRefusal(t, call(t, c, "get-installed-location", object{}), "appId", "Nothing was sent.")
		})
	}
}

// TestNoToolGivesOutATokenOrTakesOne holds the names of tools and what they take and return against it.
func TestNoToolGivesOutATokenOrTakesOne(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New()), nil)
	never := []*rest.Operation{oauth.OperationToken, oauth.OperationLocationToken, oauth.OperationLocationTokenV3}
	for tool, err := range c.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		for _, op := range never {
			if tool.Name == op.ID {
				t.Errorf("%s is a tool", op.ID)
			}
		}
		schemas, err := json.Marshal([]any{tool.InputSchema, tool.OutputSchema})
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range []string{`"access_token"`, `"refresh_token"`, `"client_secret"`} {
			if strings.Contains(string(schemas), field) {
				t.Errorf("%s has the field %s", tool.Name, field)
			}
		}
	}
}
