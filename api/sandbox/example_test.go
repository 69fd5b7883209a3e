package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// The answer to a request is lost, but the request was executed, which only the sandbox shows.
func ExampleSandbox_AddFault() {
	service := sandbox.New()
	client, err := service.Client()
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := service.AddFault(sandbox.Fault{Operation: api.OperationCreateShareLink.ID, Cut: sandbox.AtOnce}); err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.CreateShareLink(context.Background(), api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink})
	fmt.Println("no answer:", errors.Is(err, api.ErrNoAnswer), "effect:", api.EffectOf(err), "links:", len(service.Links()))
	// Output: no answer: true effect: perhaps done links: 1
}

// Every other request is answered slowly or with a 503, the same ones in each run. The client repeats those that are safe to repeat.
func ExampleParseFault() {
	service := sandbox.New()
	for _, text := range []string{"status=503; rate=0.5; seed=1", "delay=1ms; times=-1"} {
		fault, err := sandbox.ParseFault(text)
		if err != nil {
			fmt.Println(err)
			return
		}
		if _, err := service.AddFault(fault); err != nil {
			fmt.Println(err)
			return
		}
	}
	client, err := service.Client(rest.WithRetry(rest.Retry{Attempts: 10, Backoff: time.Millisecond, MaxPause: time.Second}))
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := client.Snapshots(context.Background(), api.SnapshotsRequest{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(list.Snapshots), "snapshots")
	// Output: 2 snapshots
}
