package operations_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

// An interrupt ends the waiting for a push, but not the load itself: accepted is called before.
func TestInterruptedLoadIsFinishedWithoutWaitingForItsPush(t *testing.T) {
	box := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
	client, err := api.New(api.WithHTTPClient(&http.Client{Transport: box}), api.WithToken(sandbox.Token), rest.WithDefault("companyId", sandbox.CompanyID))
	if err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	accepted, looks := 0, 0
	began := time.Now()
	_, err = operations.Load(ctx, client, api.LoadSnapshotRequest{
		SnapshotID: "sandbox-snapshot-own", LocationID: "sandbox-location-3",
		Wait: &api.Wait{First: time.Hour, Progress: func(*api.PushStatus) { looks++; interrupt() }},
	}, func() { accepted++ })
	failed, ok := errors.AsType[*api.LoadError](err)
	if !ok || !failed.Accepted || !errors.Is(err, context.Canceled) || operations.PerhapsDone(err) {
		t.Errorf("the error is %v", err)
	}
	if accepted != 1 || looks != 1 || time.Since(began) > 5*time.Second {
		t.Errorf("accepted was called %d times, after %d looks, in %v", accepted, looks, time.Since(began))
	}
}
