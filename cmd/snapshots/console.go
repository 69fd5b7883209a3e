package main

import (
	"context"
	"net/http"
	"sync"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/console"
)

// withConsole puts the console into a sandbox. It is made for the first request to it, since its documents take longer to read
// than the sandbox to start. Its streams end with ctx.
func withConsole(ctx context.Context) sandbox.Option {
	return sandbox.WithHandler(console.Path, func(box *sandbox.Sandbox) http.Handler {
		page := sync.OnceValues(func() (*console.Console, error) { return console.New(ctx, box) })
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			c, err := page()
			if err != nil { // the documents are part of this program, and a test reads them
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			c.ServeHTTP(w, r)
		})
	})
}
