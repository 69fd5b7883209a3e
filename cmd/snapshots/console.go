package main

import (
	"context"
	"net/http"
	"sync"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/console"
)

// withConsole adds the console to a sandbox. The console is created by the first request to it, because reading its
// documents takes longer than starting the sandbox. Its streams end with ctx.
func withConsole(ctx context.Context) sandbox.Option {
	return sandbox.WithHandler(console.Path, func(box *sandbox.Sandbox) http.Handler {
		page := sync.OnceValues(func() (*console.Console, error) { return console.New(ctx, box) })
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			c, err := page()
			if err != nil { // the documents are embedded in this program, and a test reads them
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			c.ServeHTTP(w, r)
		})
	})
}
