package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestAClientThatNewDidNotMakeSaysSo(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]*api.Client{"nil": nil, "zero": {}} {
		_, list := c.Snapshots(t.Context(), api.SnapshotsRequest{CompanyID: "c"})
		_, create := c.CreateShareLink(t.Context(), api.CreateShareLinkRequest{CompanyID: "c", SnapshotID: "s", ShareType: api.ShareTypeLink})
		latest := api.LatestPushRequest{CompanyID: "c", SnapshotID: "s", LocationID: "l"}
		_, push := c.LatestPush(t.Context(), latest)
		_, wait := c.WaitForPush(t.Context(), latest, api.Wait{})
		_, with := c.With(api.WithCompany("c"))
		errs := []error{list, create, push, wait, with}
		for _, err := range c.Pushes(t.Context(), api.PushesRequest{CompanyID: "c", SnapshotID: "s", From: time.Now(), To: time.Now()}) {
			errs = append(errs, err)
		}
		for i, err := range errs {
			if err == nil || !strings.Contains(err.Error(), "not made with New") {
				t.Errorf("%s client, call %d: %v", name, i, err)
			}
		}
		c.CloseIdleConnections()
	}
}
