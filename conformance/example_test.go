package conformance_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/spec"
)

// The suite for a client of the generator: its document, its operations, its constructor.
func ExampleRun() {
	_ = func(t *testing.T) { // func TestConformance(t *testing.T)
		doc, err := judge.Load("spec/snapshots.yaml", spec.Snapshots)
		if err != nil {
			t.Fatal(err)
		}
		conformance.Run(t, doc, api.Operations(), api.New)
	}
}

// A program's own tests, with every message held against the spec.
func Example_transport() {
	doc, err := judge.Load("spec/snapshots.yaml", spec.Snapshots)
	if err != nil {
		fmt.Println(err)
		return
	}
	j, err := judge.New(doc, judge.WithFile("spec/snapshots.yaml"))
	if err != nil {
		fmt.Println(err)
		return
	}
	box := sandbox.New()
	program := &http.Client{Transport: &judge.Transport{
		Judge: j, Next: box,
		Report: func(v judge.Verdict) {
			fmt.Println(v.Violations[0].Operation, v.Violations[0].Where, v.Violations[0].Rule)
		},
	}}
	r, err := http.NewRequest("GET", "http://sandbox.test/snapshots/?companyId=sandbox-company&page=2", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	r.Header.Set("Authorization", "Bearer "+sandbox.Token)
	r.Header.Set("Version", api.VersionV3)
	resp, err := program.Do(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	fmt.Println(resp.Status)
	// Output:
	// get-custom-snapshots query page undeclared-query
	// 200 OK
}
