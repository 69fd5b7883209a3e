package api_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// always answers every request with one body.
type always struct {
	status int
	body   string
	sent   int
}

func (a *always) RoundTrip(r *http.Request) (*http.Response, error) {
	a.sent++
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(a.body)), ContentLength: -1}, nil
}

func (a *always) client(t *testing.T, opts ...api.Option) *api.Client {
	t.Helper()
	c, err := api.New(append([]api.Option{api.WithToken("t-12345678"), api.WithCompany("c"), api.WithBudget(nil), api.WithRetry(api.Retry{Attempts: 1}),
		api.WithHTTPClient(&http.Client{Transport: a})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var (
	latest = api.LatestPushRequest{SnapshotID: "s", LocationID: "l"}
	link   = api.CreateShareLinkRequest{SnapshotID: "s", ShareType: api.ShareTypeLink}
)

func TestANameOfAnotherCaseIsAnotherName(t *testing.T) {
	leak.Check(t)
	a := always{status: 200, body: `{"data":{"id":"new","status":"completed","completed":["forms"]},"Data":{"id":"other"},"DATA":null}`}
	if v, err := a.client(t).LatestPush(t.Context(), latest); err != nil || v.Data.ID != "new" || v.Data.Status != "completed" || v.Data.Completed.Len() != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	a = always{status: 200, body: `{"snapshots":[{"id":"1","ID":"9","name":"n","Type":"x"}],"Snapshots":[{"id":"2"}]}`}
	if v, err := a.client(t).Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil || len(v.Snapshots) != 1 || v.Snapshots[0] != (api.Snapshot{ID: "1", Name: "n"}) {
		t.Errorf("%+v, %v", v, err)
	}
	a = always{status: 201, body: `{"id":"1","shareLink":"https://good.example/x","sharelink":"https://other.example/y"}`}
	if v, err := a.client(t).CreateShareLink(t.Context(), link); err != nil || v.URL != "https://good.example/x" {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestACreatedLinkWithoutItsAddressIsAnError(t *testing.T) {
	leak.Check(t)
	for body, says := range map[string]string{
		`{}`:                                 "lacks shareLink; the service did process the request",
		`{"id":"1"}`:                         "lacks shareLink; the service did process the request",
		`{"id":"1","shareLink":""}`:          "lacks shareLink; the service did process the request",
		`{"id":"1","shareLink":"  "}`:        "lacks shareLink; the service did process the request",
		`{"id":"1","shareLink":null}`:        "lacks shareLink; the service did process the request",
		`{"id":"1","sharelink":"https://x"}`: "lacks shareLink; the service did process the request",
		`{"shareLink":{"url":"x"}}`:          "shareLink is an object, not a text; the service did process the request",
		`{"shareLink":false}`:                "shareLink is false, not a text; the service did process the request",
		`{"id":"1","shareLink":["x"]}`:       "shareLink is a list, not a text; the service did process the request",
		`{"statusCode":401,"message":"no"}`:  "an error in its body: no",
		`{"success":false,"msg":"no"}`:       "an error in its body: no",
	} {
		a := always{status: 201, body: body}
		v, err := a.client(t).CreateShareLink(t.Context(), link)
		if v != nil || !errors.Is(err, api.ErrUndecodable) || !strings.Contains(err.Error(), says) || a.sent != 1 {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	for _, body := range []string{`{}`, `{"data":null}`, `{"data":[]}`, `{"data":"x"}`} {
		a := always{status: 200, body: body}
		if v, err := a.client(t).LatestPush(t.Context(), latest); v != nil || !errors.Is(err, api.ErrUndecodable) {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
}

func TestAWrongTypeIsToldAndSpoilsNothingBesideIt(t *testing.T) {
	leak.Check(t)
	a := always{status: 200, body: `{"snapshots":[{"id":{"$oid":"1"},"name":"n"},7,{"id":2,"name":false}]}`}
	var r api.Response
	v, err := a.client(t).Snapshots(t.Context(), api.SnapshotsRequest{}, api.CallResponse(&r))
	if err != nil || len(v.Snapshots) != 2 || v.Snapshots[0] != (api.Snapshot{Name: "n"}) || v.Snapshots[1] != (api.Snapshot{ID: "2"}) {
		t.Errorf("%+v, %v", v, err)
	}
	want := []api.Mismatch{
		{Path: "/snapshots/0/id", Want: "a text", Raw: `{"$oid":"1"}`},
		{Path: "/snapshots/1", Want: "an object", Raw: "7"},
		{Path: "/snapshots/2/name", Want: "a text", Raw: "false"},
	}
	for i, m := range want {
		if len(r.Mismatches) != len(want) || r.Mismatches[i] != m {
			t.Fatalf("%+v, want %+v", r.Mismatches, want)
		}
	}
}

func TestAnErrorInsideASuccessIsNoEmptyList(t *testing.T) {
	leak.Check(t)
	for _, body := range []string{
		`{"error":"denied","data":[]}`, `{"errors":["denied"],"data":[]}`, `{"success":false,"data":[],"message":"denied"}`, `{"data":null,"statusCode":403}`,
		`{"data":[],"status":"error","message":"denied"}`, `{"data":"denied"}`, `{"data":{}}`, `{"data":[null]}`, `{"error":{"message":"denied"},"data":[]}`,
	} {
		a := always{status: 200, body: body}
		n := 0
		for p, err := range a.client(t).Pushes(t.Context(), api.PushesRequest{SnapshotID: "s", From: time.Unix(0, 0), To: time.Unix(1, 0)}) {
			n++
			if !errors.Is(err, api.ErrUndecodable) {
				t.Errorf("%s: %+v, %v", body, p, err)
			}
		}
		if n != 1 {
			t.Errorf("%s passes for an empty list", body)
		}
	}
	for _, body := range []string{`{"data":[]}`, `{"data":null}`, `{}`, `{"data":[],"error":null,"errors":[],"success":true,"statusCode":200}`} {
		a := always{status: 200, body: body}
		for p, err := range a.client(t).Pushes(t.Context(), api.PushesRequest{SnapshotID: "s", From: time.Unix(0, 0), To: time.Unix(1, 0)}) {
			t.Errorf("%s: %+v, %v", body, p, err)
		}
	}
}

func TestWhatCannotServeIsToldBeforeItIsSent(t *testing.T) {
	leak.Check(t)
	a := &always{status: 200, body: `{}`}
	c := a.client(t)
	none, err := api.New(api.WithCompany("c"), api.WithHTTPClient(&http.Client{Transport: a}))
	if err != nil {
		t.Fatal(err)
	}
	year12345 := time.Date(12345, 1, 2, 3, 4, 5, 0, time.UTC)
	numbers := link
	numbers.ShareType, numbers.RelationshipNumbers = api.ShareTypePermanentLink, []string{"0-1"}
	invalid := link
	invalid.SnapshotID = "a\xffb"
	for says, call := range map[string]func() error{
		"To (query to) is in the year 12345": func() error {
			_, err := c.PushesPage(t.Context(), api.PushesRequest{SnapshotID: "s", From: time.Unix(0, 0), To: year12345})
			return err
		},
		"RelationshipNumbers (body relationship_number) must be empty unless ShareType is agency_link": func() error {
			_, err := c.CreateShareLink(t.Context(), numbers)
			return err
		},
		"snapshot_id is not valid UTF-8": func() error {
			_, err := c.CreateShareLink(t.Context(), invalid)
			return err
		},
		"the client is nil": func() error {
			_, err := (*api.Client)(nil).Snapshots(t.Context(), api.SnapshotsRequest{})
			return err
		},
		"no token": func() error {
			_, err := none.Snapshots(t.Context(), api.SnapshotsRequest{})
			return err
		},
	} {
		if err := call(); !errors.Is(err, api.ErrInvalidRequest) || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
	if a.sent > 0 {
		t.Errorf("%d requests were sent", a.sent)
	}
}
