package api_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// exampleClient stands for api.New(api.WithToken(token), api.WithCompany(companyID)).
func exampleClient(s *sandbox.Sandbox, opts ...api.Option) *api.Client {
	c, err := s.Client(opts...)
	if err != nil {
		panic(err)
	}
	return c
}

func ExampleNew() {
	client, err := api.New(
		api.WithToken("pit-from-a-file-or-the-environment\r\n"), // the line end does no harm
		api.WithCompany("5DP4iH6HLkQsiKESj6rh"),
		api.WithUserAgent("onboarding/1.2"),
	)
	fmt.Println(client != nil, err)
	// Output: true <nil>
}

func ExampleClient_Snapshots() {
	client := exampleClient(sandbox.New())
	list, err := client.Snapshots(context.Background(), api.SnapshotsRequest{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range list.Snapshots {
		fmt.Println(s.Name, s.Type)
	}
	// Output:
	// Onboarding own
	// Partner basics imported
}

func ExampleClient_CreateShareLink() {
	client := exampleClient(sandbox.New())
	link, err := client.CreateShareLink(context.Background(), api.CreateShareLinkRequest{
		SnapshotID:          sandbox.Snapshot1,
		ShareType:           api.ShareTypeAgencyLink,
		RelationshipNumbers: []string{"0-128-926", "1-208-926"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(link.URL)
	// Output: https://affiliates.gohighlevel.com/?share=share-1
}

func ExampleClient_Pushes() {
	service := sandbox.New()
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 3 {
		service.PushAt(sandbox.Snapshot1, fmt.Sprint("location-", i), begin.Add(time.Duration(i)*time.Hour))
	}
	client := exampleClient(service)
	for push, err := range client.Pushes(context.Background(), api.PushesRequest{
		SnapshotID: sandbox.Snapshot1, From: begin, To: begin.AddDate(0, 0, 1),
	}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(push.LocationID, push.Status, push.DateAdded.Format(time.Kitchen))
	}
	// Output:
	// location-0 processing 12:00AM
	// location-1 processing 1:00AM
	// location-2 processing 2:00AM
}

func ExampleClient_WaitForPush() {
	service := sandbox.New(sandbox.WithAssets("forms", "tags"))
	service.Push(sandbox.Snapshot1, "location-1")
	client := exampleClient(service)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	status, err := client.WaitForPush(ctx, api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: "location-1"},
		api.Wait{First: time.Millisecond})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(status.Status, status.Completed)
	// Output: completed forms, tags
}

// One link serves any number of partners. A link for each of them would not do: making the next one can end the one before.
func ExampleClient_CreateShareLink_manyPartners() {
	service := sandbox.New()
	client := exampleClient(service)
	partners := make([]string, 500)
	for i := range partners {
		partners[i] = fmt.Sprintf("0-128-%03d", i)
	}
	_, err := client.CreateShareLink(context.Background(), api.CreateShareLinkRequest{
		SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeAgencyLink, RelationshipNumbers: partners,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	made := service.Links()
	fmt.Println(len(made), "link for", len(made[0].RelationshipNumbers), "partners; superseded:", made[0].SupersededBy != "")
	// Output: 1 link for 500 partners; superseded: false
}

func ExampleBulk() {
	service := sandbox.New()
	client := exampleClient(service)
	dir, err := os.MkdirTemp("", "links")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	journal, err := api.OpenJournal(filepath.Join(dir, "links.journal")) // kept, the bulk goes on where it was interrupted
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = journal.Close() }()
	list, err := client.Snapshots(context.Background(), api.SnapshotsRequest{})
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := api.Bulk(context.Background(), list.Snapshots, // one link for each: another one can end the one before
		func(ctx context.Context, s api.Snapshot) (*api.ShareLink, error) {
			return client.CreateShareLink(ctx, api.CreateShareLinkRequest{SnapshotID: s.ID, ShareType: api.ShareTypePermanentLink})
		}, api.Bulking[api.Snapshot, api.ShareLink]{Journal: journal, Key: func(s api.Snapshot) string { return s.ID }})
	if err != nil {
		fmt.Println(err) // which failed; the others have their links
	}
	for _, e := range journal.Unsettled() {
		fmt.Println("perhaps made:", e.Key, e.Error)
	}
	for _, r := range results {
		link, ok := service.Link(r.Out.URL)
		fmt.Println(r.In.Name, ok, link.SupersededBy != "")
	}
	// Output:
	// Onboarding true false
	// Partner basics true false
}

func ExampleError() {
	service := sandbox.New(sandbox.WithToken("reader", "snapshots.readonly"))
	client := exampleClient(service, api.WithToken("reader"))
	_, err := client.CreateShareLink(context.Background(), api.CreateShareLinkRequest{
		SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink,
	})
	if errors.Is(err, api.ErrMissingScope) {
		fmt.Println("missing scope")
	}
	if refused, ok := errors.AsType[*api.Error](err); ok {
		fmt.Println(refused.Status, refused.Messages[0])
	}
	// Output:
	// missing scope
	// 401 The token is not authorized for this scope.
}

func ExampleRequestError() {
	client := exampleClient(sandbox.New())
	_, err := client.CreateShareLink(context.Background(), api.CreateShareLinkRequest{ShareType: api.ShareTypeAgencyLink})
	if bad, ok := errors.AsType[*api.RequestError](err); ok {
		for _, p := range bad.Problems {
			fmt.Println(p.Field)
		}
	}
	// Output:
	// SnapshotID
	// RelationshipNumbers
}

func ExampleCallResponse() {
	client := exampleClient(sandbox.New())
	var meta api.Response
	if _, err := client.Snapshots(context.Background(), api.SnapshotsRequest{}, api.CallResponse(&meta)); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(meta.Status, meta.Rate.Remaining, "of", meta.Rate.Limit)
	// Output: 200 99 of 100
}

func ExampleWithLogger() {
	plain := &slog.HandlerOptions{Level: slog.LevelWarn, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "pause" {
			return slog.Attr{}
		}
		return a
	}}
	service := sandbox.New()
	service.FailNext(&api.OperationSnapshots, http.StatusServiceUnavailable, "down for a moment")
	client := exampleClient(service, api.WithLogger(slog.New(slog.NewTextHandler(os.Stdout, plain))),
		api.WithRetry(api.Retry{Backoff: time.Millisecond}))
	if _, err := client.Snapshots(context.Background(), api.SnapshotsRequest{}); err != nil {
		fmt.Println(err)
	}
	// Output: level=WARN msg="request will be sent again" operation=get-custom-snapshots attempt=1 error.operation=snapshots error.status=503 error.code="Service Unavailable" error.message="down for a moment" error.attempts=1
}

func ExampleWithTokenSource() {
	app := oauth.Config{ClientID: "id", ClientSecret: "secret", RedirectURL: "https://app.example/callback"}
	source, err := app.Source(oauth.FileStore("token.json"))
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := api.New(api.WithTokenSource(source), api.WithCompany("5DP4iH6HLkQsiKESj6rh"))
	fmt.Println(client != nil, err)
	// Output: true <nil>
}

// grant stands for oauth2.Token, and granter for oauth2.TokenSource of golang.org/x/oauth2.
type grant struct{ AccessToken string }
type granter interface{ Token() (*grant, error) }
type fixed string

func (f fixed) Token() (*grant, error) { return &grant{string(f)}, nil }

func ExampleTokenFunc() {
	var source granter = fixed(sandbox.Token) // any source of golang.org/x/oauth2
	client := exampleClient(sandbox.New(), api.WithTokenSource(api.TokenFunc(func(context.Context) (string, error) {
		t, err := source.Token()
		if err != nil {
			return "", err
		}
		return t.AccessToken, nil
	})))
	list, err := client.Snapshots(context.Background(), api.SnapshotsRequest{})
	fmt.Println(len(list.Snapshots), err)
	// Output: 2 <nil>
}
