package main

import (
	"context"
	"net/http"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/console"
)

// withConsole puts the console into a sandbox. Its streams end with ctx.
func withConsole(ctx context.Context) sandbox.Option {
	return sandbox.WithHandler(console.Path, func(box *sandbox.Sandbox) http.Handler {
		page, err := console.New(ctx, box)
		if err != nil { // the documents are part of this program, and a test reads them
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			})
		}
		return page
	})
}
