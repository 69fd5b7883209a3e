package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func ExampleWithEnvironment() {
	for _, name := range []string{rest.EnvToken, rest.EnvTokenFile} {
		if err := os.Unsetenv(name); err != nil {
			fmt.Println(err)
		}
	}
	_, err := api.New(api.WithEnvironment())
	fmt.Println(err)
	// Output: new client: HIGHLEVEL_TOKEN is not set, and neither is HIGHLEVEL_TOKEN_FILE
}

func ExampleClient_LoadSnapshot() {
	client := exampleClient(sandbox.New(sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithAssets("forms")))
	loaded, err := client.LoadSnapshot(context.Background(), api.LoadSnapshotRequest{
		SnapshotID: sandbox.Snapshot1,
		LocationID: "sandbox-location-3",
		Wait:       &api.Wait{First: time.Millisecond}, // nil does not wait
	})
	if failed, ok := errors.AsType[*api.LoadError](err); ok {
		fmt.Println(failed.Accepted, failed)
		return
	}
	fmt.Println(loaded.Location.Name, loaded.Push.Status)
	// Output: Riverside Gym completed
}

func ExampleClient_Audit() {
	client := exampleClient(sandbox.New(sandbox.WithSeed(sandbox.SeedDemo)))
	entries, err := client.Audit(context.Background(), api.AuditRequest{Snapshots: []string{sandbox.Snapshot1}}, api.Auditing[api.AuditEntry]{})
	if err != nil {
		fmt.Println(err) // what could not be read
	}
	for _, e := range entries {
		if e.Push == nil {
			fmt.Println(e.LocationID, "has not received it")
		} else {
			fmt.Println(e.LocationID, e.Push.Status)
		}
	}
	// Output:
	// sandbox-location-1 completed
	// sandbox-location-2 failed
	// sandbox-location-3 has not received it
}

// A journal keeps what was done, and a second run does none of it again.
func ExampleOpenJournal() {
	service := sandbox.New()
	client := exampleClient(service)
	dir, err := os.MkdirTemp("", "links")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	create := func(ctx context.Context, id string) (*api.ShareLink, error) {
		return client.CreateShareLink(ctx, api.CreateShareLinkRequest{SnapshotID: id, ShareType: api.ShareTypeLink})
	}
	for range 2 {
		journal, err := api.OpenJournal(filepath.Join(dir, "links.journal"))
		if err != nil {
			fmt.Println(err)
			return
		}
		results, err := api.Bulk(context.Background(), []string{sandbox.Snapshot1, sandbox.Snapshot2}, create,
			api.Bulking[string, api.ShareLink]{Journal: journal})
		fmt.Println(len(results), "results,", len(service.Links()), "links made,", err)
		if err := journal.Close(); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// 2 results, 2 links made, <nil>
	// 2 results, 2 links made, <nil>
}

// A client of another section goes on with the token, the budget and the settings of this one.
func ExampleClient_Share() {
	client := exampleClient(sandbox.New(sandbox.WithSeed(sandbox.SeedDemo)))
	subAccounts, err := locations.New(client.Share())
	if err != nil {
		fmt.Println(err)
		return
	}
	for location, err := range subAccounts.Search(context.Background(), locations.SearchRequest{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(location.Name)
	}
	// Output:
	// Mark Shoes
	// Downtown Dental
	// Riverside Gym
}

// An app trades the code that its callback was called with for a token and stores that. The client renews it from then on.
func Example_oauthApp() {
	service := sandbox.New(sandbox.WithApp(sandbox.App{ClientID: "app", ClientSecret: "secret"}))
	through := &http.Client{Transport: service} // of the sandbox; a program needs none
	app := oauth.Config{ClientID: "app", ClientSecret: "secret", RedirectURL: "https://app.example/callback",
		Options: []rest.Option{rest.WithHTTPClient(through)}}
	code := service.Authorize(sandbox.Access{CompanyID: sandbox.CompanyID, Scopes: []string{"snapshots.readonly"}})

	ctx := context.Background()
	token, err := app.Exchange(ctx, code)
	if err != nil {
		fmt.Println(err)
		return
	}
	store := oauth.MemoryStore(oauth.Token{}) // oauth.FileStore outlives the process
	if err := store.Swap(ctx, oauth.Token{}, *token); err != nil {
		fmt.Println(err)
		return
	}
	source, err := app.Source(store)
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := api.New(api.WithTokenSource(source), api.WithCompany(sandbox.CompanyID), api.WithHTTPClient(through))
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := client.Snapshots(ctx, api.SnapshotsRequest{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(list.Snapshots), "snapshots")
	// Output: 2 snapshots
}
