package main

import (
	"context"
	"net/http"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// run starts the sandbox, connects a client to it through the recorder, and runs the story.
func (d *demo) run(ctx context.Context) error {
	box, err := sandbox.Start(sandbox.WithAssets("forms", "workflows"))
	if err != nil {
		return err
	}
	defer box.Close()
	d.box = box
	transport := around(&http.Transport{DisableKeepAlives: true}, d.changeAnswers)
	d.recorder = &recorder{next: transport}
	curated, err := readSection(d.specFile, d.spec)
	if err != nil {
		return err
	}
	locations, err := locationsSection()
	if err != nil {
		return err
	}
	d.recorder.sections = []*section{curated, locations}
	d.client, err = box.Client(api.WithHTTPClient(&http.Client{Transport: around(d.recorder, d.changeRequests)}))
	if err != nil {
		return err
	}
	d.printf("The sandbox, a stand-in for the service, listens on %s; only this machine can reach it.\n", box.URL)
	d.printf("What is sent and what comes back is held against %s by a judge that shares no code with the client: conformance/judge, on kin-openapi.\n", d.specFile)
	for _, chapter := range []func(context.Context) error{d.listSnapshots, d.createLinks, d.refuseLocally, d.followPush, d.listPushes, d.findSubAccount, d.loadSnapshot, d.audit} {
		if err := chapter(ctx); err != nil {
			return err
		}
	}
	return d.finish()
}

func around(t http.RoundTripper, wrap func(http.RoundTripper) http.RoundTripper) http.RoundTripper {
	if wrap == nil {
		return t
	}
	return wrap(t)
}
