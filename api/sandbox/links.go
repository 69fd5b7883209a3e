package sandbox

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// Link is a share link that was created.
type Link struct {
	ID                  string        // as it was answered
	URL                 string        // as it was answered
	CompanyID           string        // the agency that it was made for
	SnapshotID          string        // what it shares
	ShareType           api.ShareType // who can import through it
	RelationshipNumbers []string      // the agencies that may, of an agency link
	ShareLocationIDs    []string      // the sub-accounts that may, of a location link
	Created             time.Time     // by this machine's clock
	// Superseded reports that a later link of the same type was made for the snapshot. The service may then refuse this
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
	if kind, _, err := mime.ParseMediaType(v.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return refuse(http.StatusBadRequest, "Content-Type must be application/json")
	}
	in, faults, ok := readLink(v)
	if !ok {
		return refuse(http.StatusBadRequest, "Bad Request")
	}
	if faults != nil {
		return invalid(faults...)
	}
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

type linkRequest struct {
	SnapshotID          string
	ShareType           api.ShareType
	RelationshipNumbers []string
	ShareLocationIDs    []string
}

// readLink reads the body of a request for a link, whose fields are texts, lists included: the documentation knows no
// arrays there. ok is false when the body is no JSON object.
func readLink(v *visit) (in linkRequest, faults []string, ok bool) {
	body, err := io.ReadAll(io.LimitReader(v.Body, 1<<20))
	var fields map[string]any
	if err != nil || json.Unmarshal(body, &fields) != nil || fields == nil {
		return in, nil, false
	}
	text := func(name string) string {
		switch value := fields[name].(type) {
		case nil:
			return ""
		case string:
			return value
		default:
			faults = append(faults, name+" must be a string")
			return ""
		}
	}
	list := func(name string) (items []string) {
		for item := range strings.SplitSeq(text(name), ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
		return items
	}
	in = linkRequest{text("snapshot_id"), api.ShareType(text("share_type")), list("relationship_number"), list("share_location_id")}
	return in, faults, true
}

func joinTypes() string {
	var names []string
	for _, t := range api.ShareTypes() {
		names = append(names, string(t))
	}
	return strings.Join(names, ", ")
}
