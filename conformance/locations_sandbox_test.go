package conformance_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/spec"
)

// A program has the agency's token alone. The sandbox refuses it where a sub-account's is needed, as the service does.
func TestAnAgencysClientWorksOnItsSubAccountsInTheSandbox(t *testing.T) {
	document, err := judge.Load("spec/locations.yaml", spec.Locations)
	if err != nil {
		t.Fatal(err)
	}
	strict, err := judge.New(document)
	if err != nil {
		t.Fatal(err)
	}
	box, err := sandbox.Start(sandbox.WithAccess("agency", sandbox.Access{
		UserType: sandbox.Company, CompanyID: sandbox.CompanyID,
		Scopes: []string{"oauth.write", "snapshots.readonly", "locations.readonly", "locations.write", "locations.internal-access-only",
			"locations/tags.readonly", "locations/tags.write", "locations/customFields.readonly", "locations/customFields.write",
			"locations/customValues.readonly", "locations/customValues.write"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	agency, err := oauth.NewClient(rest.WithBaseURL(box.URL), rest.WithToken("agency"), rest.WithDefault("companyId", sandbox.CompanyID))
	if err != nil {
		t.Fatal(err)
	}
	client, err := api.New(api.WithBaseURL(box.URL), api.WithToken("agency"), api.WithCompany(sandbox.CompanyID), api.WithLocationTokens(agency.LocationTokens()))
	if err != nil {
		t.Fatal(err)
	}
	sub, err := locations.New(client.Share(), rest.WithHTTPClient(&http.Client{
		Transport: &judge.Transport{Judge: strict, Report: func(v judge.Verdict) { t.Error(v.Err()) }},
	}))
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	made, err := sub.Create(ctx, locations.CreateRequest{Name: "Mark Shoes", CompanyID: sandbox.CompanyID, SnapshotID: sandbox.Snapshot1})
	if err != nil {
		t.Fatal(err)
	}
	tag, err := sub.CreateTag(ctx, locations.CreateTagRequest{LocationID: made.ID, Name: "vip"})
	if err != nil {
		t.Fatal(err)
	}
	if tags, err := sub.Tags(ctx, locations.TagsRequest{LocationID: made.ID}); err != nil || len(tags.Tags) != 1 || tags.Tags[0].ID != tag.Tag.ID {
		t.Errorf("%+v, %v", tags, err)
	}
	value, err := sub.CreateCustomValue(ctx, locations.CreateCustomValueRequest{LocationID: made.ID, Name: "greeting", Value: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := sub.UpdateCustomValue(ctx, locations.UpdateCustomValueRequest{LocationID: made.ID, CustomValueID: value.CustomValue.ID, Name: "greeting", Value: "good day"}); err != nil || got.CustomValue.Value != "good day" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := sub.DeleteTag(ctx, locations.DeleteTagRequest{LocationID: made.ID, TagID: tag.Tag.ID}); err != nil {
		t.Error(err)
	}
	loaded, err := client.LoadSnapshot(ctx, api.LoadSnapshotRequest{SnapshotID: sandbox.Snapshot1, LocationID: made.ID, Wait: &api.Wait{First: time.Millisecond}})
	if err != nil || loaded.Push.Status != api.PushCompleted {
		t.Errorf("%+v, %v", loaded, err)
	}
	entries, err := client.Audit(ctx, api.AuditRequest{}, api.Auditing[api.AuditEntry]{})
	have := 0
	for _, e := range entries {
		if e.Push != nil {
			have++
		}
	}
	if err != nil || len(entries) != 2 || have != 1 {
		t.Errorf("%+v, %v", entries, err)
	}
	if _, err := sub.Delete(ctx, locations.DeleteRequest{LocationID: made.ID}); err != nil {
		t.Error(err)
	}
}
