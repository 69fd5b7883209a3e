package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// Link is a share link that was created.
type Link struct {
	ID                  string
	URL                 string
	CompanyID           string
	SnapshotID          string
	ShareType           api.ShareType
	RelationshipNumbers []string
	ShareLocationIDs    []string
	Created             time.Time
	// Superseded says that a later link of the same type was made for the snapshot. The service may then refuse this
	// one.
	Superseded bool
}

// Links lists the share links that were created, in order.
func (s *Sandbox) Links() []Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Link, len(s.links))
	for i, l := range s.links {
		out[i] = l.clone()
	}
	return out
}

// Link finds a created link by its id or its URL.
func (s *Sandbox) Link(idOrURL string) (Link, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.links {
		if l.ID == idOrURL || l.URL == idOrURL {
			return l.clone(), true
		}
	}
	return Link{}, false
}

func (l *Link) clone() Link {
	c := *l
	c.RelationshipNumbers = slices.Clone(l.RelationshipNumbers)
	c.ShareLocationIDs = slices.Clone(l.ShareLocationIDs)
	return c
}

func (s *Sandbox) listSnapshots(v *visit) reply {
	list := s.snapshots[v.company]
	if list == nil {
		list = []api.Snapshot{} // an empty list is written as one
	}
	return succeed(v.op, api.SnapshotList{Snapshots: list})
}

func (s *Sandbox) createLink(v *visit) reply {
	var in struct {
		SnapshotID          string        `json:"snapshot_id"`
		ShareType           api.ShareType `json:"share_type"`
		RelationshipNumbers api.CommaList `json:"relationship_number"`
		ShareLocationIDs    api.CommaList `json:"share_location_id"`
	}
	body, err := io.ReadAll(io.LimitReader(v.Body, 1<<20))
	if err != nil || json.Unmarshal(body, &in) != nil {
		return refuse(http.StatusBadRequest, "Bad Request")
	}
	var faults []string
	if in.SnapshotID == "" {
		faults = append(faults, "snapshot_id should not be empty")
	}
	if !in.ShareType.Known() {
		faults = append(faults, "share_type must be one of the following values: "+joinTypes())
	}
	if in.ShareType == api.ShareTypeAgencyLink && len(in.RelationshipNumbers) == 0 {
		faults = append(faults, "relationship_number should not be empty")
	}
	if in.ShareType == api.ShareTypeLocationLink && len(in.ShareLocationIDs) == 0 {
		faults = append(faults, "share_location_id should not be empty")
	}
	if faults != nil {
		return invalid(faults...)
	}
	if !s.owns(v.company, in.SnapshotID) {
		return notFound(v.op, "Snapshot not found")
	}
	for _, earlier := range s.links {
		if earlier.SnapshotID == in.SnapshotID && earlier.ShareType == in.ShareType {
			earlier.Superseded = true
		}
	}
	link := &Link{
		ID:        s.newID("share"),
		CompanyID: v.company, SnapshotID: in.SnapshotID, ShareType: in.ShareType,
		RelationshipNumbers: in.RelationshipNumbers, ShareLocationIDs: in.ShareLocationIDs,
		Created: time.Now(),
	}
	link.URL = "https://affiliates.gohighlevel.com/?share=" + url.QueryEscape(link.ID)
	s.links = append(s.links, link)
	return succeed(v.op, api.ShareLink{ID: link.ID, URL: link.URL})
}

func joinTypes() string {
	var names []string
	for _, t := range api.ShareTypes() {
		names = append(names, string(t))
	}
	return strings.Join(names, ", ")
}
