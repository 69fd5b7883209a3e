package sandbox

import (
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// Link is a share link that was created.
type Link struct {
	ID                  string        `json:"id"`                            // as it was answered
	URL                 string        `json:"url"`                           // as it was answered
	CompanyID           string        `json:"companyId"`                     // the agency that it was created for
	SnapshotID          string        `json:"snapshotId"`                    // what it shares
	ShareType           api.ShareType `json:"shareType"`                     // who can import through it
	RelationshipNumbers []string      `json:"relationshipNumbers,omitempty"` // the agencies that may, of an agency link
	ShareLocationIDs    []string      `json:"shareLocationIds,omitempty"`    // the sub-accounts that may, of a location link
	Created             time.Time     `json:"created"`                       // according to this machine's clock
	// SupersededBy is the id of the next link of the same type for the snapshot; empty without one. The service may refuse a link
	// that is superseded.
	SupersededBy string `json:"supersededBy,omitzero"`
}

// Links lists the share links that were created, in order.
func (s *Sandbox) Links() []Link { return s.State().Links }

// Link returns a created link by its id or its URL.
func (s *Sandbox) Link(idOrURL string) (Link, bool) {
	id := idOrURL
	if share, ok := strings.CutPrefix(idOrURL, shareURL); ok {
		id, _ = url.QueryUnescape(share)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.links.get(id); l != nil {
		return deepCopy[Link](l), true
	}
	return Link{}, false
}

// series is equal for links of which a later one supersedes an earlier one. That the sub-accounts or agencies need not be the same is
// inferred from the help pages.
func (l Link) series() string {
	return l.CompanyID + "\x00" + l.SnapshotID + "\x00" + string(l.ShareType)
}

func (s *Sandbox) listSnapshots(v *visit) *answer {
	list := []api.Snapshot{} // not null if it is empty
	for row := range s.snapshots.all() {
		if row.CompanyID == v.company {
			list = append(list, api.Snapshot{ID: row.ID, Name: row.Name, Type: row.Type})
		}
	}
	return succeed(v.route.op, api.SnapshotList{Snapshots: list})
}

// shareURL is the prefix of the service's links.
const shareURL = "https://affiliates.gohighlevel.com/?share="

func (s *Sandbox) createLink(v *visit) *answer {
	fields, refused := v.jsonBody()
	if refused != nil {
		return refused
	}
	in, faults := readLink(fields)
	if faults != nil {
		return invalid(v.route.op, faults...)
	}
	required(fields, &faults, "snapshot_id")
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
		return invalid(v.route.op, faults...)
	}
	if !s.owns(v.company, in.SnapshotID) {
		return notFound(v.route.op, "Snapshot not found")
	}
	in.CompanyID = v.company
	link := s.share(in)
	return succeed(v.route.op, api.ShareLink{ID: link.ID, URL: link.URL})
}

// share creates a link, which supersedes the one before it.
func (s *Sandbox) share(link Link) *Link {
	link.ID, link.Created = s.newID("share"), time.Now()
	link.URL = shareURL + url.QueryEscape(link.ID)
	if before := s.links.get(s.newest[link.series()]); before != nil {
		before.SupersededBy = link.ID
		s.links.touch(before)
	}
	s.newest[link.series()] = link.ID
	return s.links.put(link)
}

// readLink reads the fields of a request for a link. All are strings, since the documentation has no arrays here: lists are separated by
// commas.
func readLink(fields map[string]any) (link Link, faults []string) {
	texts := shape{"snapshot_id": aText, "share_type": aText, "relationship_number": aText, "share_location_id": aText}.read(fields, &faults)
	text := func(name string) string {
		text, _ := texts[name].(string)
		return text
	}
	list := func(name string) (items []string) {
		for item := range strings.SplitSeq(text(name), ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
		return items
	}
	return Link{
		SnapshotID: text("snapshot_id"), ShareType: api.ShareType(text("share_type")),
		RelationshipNumbers: list("relationship_number"), ShareLocationIDs: list("share_location_id"),
	}, faults
}

// jsonBody reads the body as a JSON object.
func (v *visit) jsonBody() (map[string]any, *answer) {
	if kind, _, err := mime.ParseMediaType(v.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, refuse(http.StatusBadRequest, "Content-Type must be application/json")
	}
	var fields map[string]any
	if json.Unmarshal(v.body, &fields) != nil || fields == nil {
		return nil, refuse(http.StatusBadRequest, "Bad Request")
	}
	return fields, nil
}

func joinTypes() string {
	var names []string
	for _, t := range api.ShareTypes() {
		names = append(names, string(t))
	}
	return strings.Join(names, ", ")
}
