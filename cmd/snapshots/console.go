package main

import (
	"context"
	"net/http"
	"reflect"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/console"
	"github.com/highlevel-go/snapshots/spec"
)

// withConsole puts the console into a sandbox. Its streams end with ctx.
func withConsole(ctx context.Context) sandbox.Option {
	documents := []console.Document{{
		Name: "spec/snapshots.yaml", Data: spec.Snapshots, Client: reflect.TypeFor[*api.Client](),
		Examples: map[string]string{"companyId": sandbox.CompanyID, "snapshot_id": sandbox.Snapshot1, "snapshotId": sandbox.Snapshot1},
	}}
	return sandbox.WithHandler(console.Path, func(box *sandbox.Sandbox) http.Handler {
		page, err := console.New(ctx, box, documents)
		if err != nil { // the documents are part of this program, and a test reads them
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			})
		}
		return page
	})
}
