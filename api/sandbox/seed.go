package sandbox

import (
	"fmt"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// The initial states of a sandbox.
const (
	SeedSnapshots = "snapshots" // two snapshots of one agency; the default
	SeedDemo      = "demo"      // also sub-accounts, links and pushes
	SeedEmpty     = "empty"     // nothing
)

// Seeds lists the initial states.
func Seeds() []string { return []string{SeedSnapshots, SeedDemo, SeedEmpty} }

// addSeed fills an empty sandbox.
func (s *Sandbox) addSeed() {
	if s.seed == SeedEmpty {
		return
	}
	s.snapshots.put(Snapshot{CompanyID, Snapshot1, "Onboarding", "own"})
	s.snapshots.put(Snapshot{CompanyID, Snapshot2, "Partner basics", "imported"})
	if s.seed != SeedDemo {
		return
	}
	for i, name := range []string{"Mark Shoes", "Downtown Dental", "Riverside Gym"} {
		s.locations.put(Location{ID: fmt.Sprintf("sandbox-location-%d", i+1), CompanyID: CompanyID, Name: name,
			Fields: map[string]any{"country": "US", "timezone": "US/Central"}})
	}
	for range 2 { // so that the second supersedes the first
		s.share(Link{CompanyID: CompanyID, SnapshotID: Snapshot1, ShareType: api.ShareTypeLink})
	}
	s.share(Link{CompanyID: CompanyID, SnapshotID: Snapshot1, ShareType: api.ShareTypeAgencyLink, RelationshipNumbers: []string{"0-128-926", "1-208-926"}})
	now := time.Now()
	done := s.push(Snapshot1, "sandbox-location-1", now.Add(-48*time.Hour))
	done.Status, done.Completed, done.Pending = Completed, done.Pending, []string{}
	failed := s.push(Snapshot1, "sandbox-location-2", now.Add(-2*time.Hour))
	failed.Status = Failed
	s.push(Snapshot2, "sandbox-location-3", now)
}
