package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Location is a sub-account.
type Location struct {
	ID        string         `json:"id"`               // as in the response
	CompanyID string         `json:"companyId"`        // the agency that it belongs to
	Name      string         `json:"name"`             // as in the request
	Fields    map[string]any `json:"fields,omitempty"` // the other fields in the request, such as timezone
}

// Locations lists the sub-accounts, in order of creation.
func (s *Sandbox) Locations() []Location { return s.State().Locations }

// locationFields are the fields of a sub-account except its name. Credentials (twilio, mailgun) are accepted but not stored.
var locationFields = shape{
	"phone": aText, "address": aText, "city": aText, "state": aText, "country": aText, "postalCode": aText, "website": aText, "timezone": aText,
	"prospectInfo": shape{"firstName": aText, "lastName": aText, "email": aText},
	"settings":     shape{"allowDuplicateContact": aBool, "allowDuplicateOpportunity": aBool, "allowFacebookNameMerge": aBool, "disableContactTimezone": aBool},
	"social": shape{"facebookUrl": aText, "googlePlus": aText, "linkedIn": aText, "foursquare": aText, "twitter": aText, "yelp": aText,
		"instagram": aText, "youtube": aText, "pinterest": aText, "blogRss": aText, "googlePlacesId": aText},
}

// readLocation reads the fields of a sub-account. Of a country code it checks only the form.
func readLocation(in map[string]any, faults *[]string) map[string]any {
	fields := locationFields.read(in, faults)
	if country, ok := fields["country"].(string); ok && (len(country) != 2 || strings.ToUpper(country) != country) {
		*faults = append(*faults, "country must be a valid ISO 3166 code of two letters")
	}
	return fields
}

// fields returns a copy of Fields, which is not nil.
func (l *Location) fields() map[string]any {
	out := map[string]any{}
	maps.Copy(out, l.Fields)
	return out
}

// view returns the fields of a sub-account that are answered. The operation decides which of companyId, firstName and lastName are among
// them. That its email is the one of prospectInfo is a guess.
func (l *Location) view(more ...string) map[string]any {
	out := l.fields()
	prospect, _ := out["prospectInfo"].(map[string]any)
	delete(out, "prospectInfo")
	if email, ok := prospect["email"]; ok {
		out["email"] = email
	}
	out["id"], out["name"] = l.ID, l.Name
	for _, name := range more {
		if name == "companyId" {
			out[name] = l.CompanyID
		} else if value, ok := prospect[name]; ok {
			out[name] = value
		}
	}
	return out
}

func (l *Location) text(name string) string {
	text, _ := l.view()[name].(string)
	return text
}

// searchLocations lists an agency's sub-accounts, or the one of the token. That they are in order of creation is a guess.
func (s *Sandbox) searchLocations(v *visit) *answer {
	var faults []string
	skip, limit := v.number("skip", 0, 0, &faults), v.number("limit", 10, 1, &faults)
	order := v.query.Get("order")
	if order != "" && order != "asc" && order != "desc" {
		faults = append(faults, "order must be one of the following values: asc, desc")
	}
	if faults != nil {
		return invalid(v.route.op, faults...)
	}
	rows := slices.Clone(s.locations.rows)
	if order == "desc" {
		slices.Reverse(rows)
	}
	list := []map[string]any{}
	for _, l := range rows {
		if v.company != "" && l.CompanyID != v.company || v.reach(l) != nil ||
			v.query.Get("email") != "" && v.query.Get("email") != l.text("email") {
			continue
		}
		if skip--; skip < 0 && len(list) < limit {
			list = append(list, l.view())
		}
	}
	return succeed(v.route.op, map[string]any{"locations": list})
}

// reach returns a refusal if the token has no access to a sub-account.
func (v *visit) reach(l *Location) *answer {
	if v.access.CompanyID != "" && v.access.CompanyID != l.CompanyID || v.access.LocationID != "" && v.access.LocationID != l.ID {
		return outOfReach()
	}
	return nil
}

// location returns the sub-account of the path. The response for an unknown one is a guess.
func (s *Sandbox) location(v *visit) (*Location, *answer) {
	l := s.locations.get(v.path["locationId"])
	if l == nil {
		return nil, notFound(v.route.op, "Location not found")
	}
	return l, v.reach(l)
}

func (s *Sandbox) getLocation(v *visit) *answer {
	l, refused := s.location(v)
	if refused != nil {
		return refused
	}
	return succeed(v.route.op, map[string]any{"location": l.view("companyId", "firstName", "lastName")})
}

// createLocation creates a sub-account, and begins a push of the snapshot that the request names. Whether the service lists such a push
// is not known.
func (s *Sandbox) createLocation(v *visit) *answer {
	in, refused := v.jsonBody()
	if refused != nil {
		return refused
	}
	var faults []string
	fields := readLocation(in, &faults)
	own := shape{"name": aText, "companyId": aText, "snapshotId": aText}.read(in, &faults)
	required(in, &faults, "name", "companyId")
	if prospect, ok := fields["prospectInfo"].(map[string]any); ok {
		required(prospect, &faults, "firstName", "lastName", "email")
	}
	if faults != nil {
		return invalid(v.route.op, faults...)
	}
	l := Location{CompanyID: own["companyId"].(string), Name: own["name"].(string), Fields: fields}
	if refused := v.reach(&l); refused != nil {
		return refused
	}
	snapshot, _ := own["snapshotId"].(string)
	if snapshot != "" && !s.owns(l.CompanyID, snapshot) {
		return notFound(v.route.op, "Snapshot not found")
	}
	l.ID = s.newID("location")
	row := s.locations.put(l)
	if snapshot != "" {
		s.push(snapshot, l.ID, time.Now())
	}
	return succeed(v.route.op, row.view("companyId"))
}

func (s *Sandbox) putLocation(v *visit) *answer {
	in, refused := v.jsonBody()
	if refused != nil {
		return refused
	}
	var faults []string
	fields := readLocation(in, &faults)
	own := shape{"name": aText, "companyId": aText, "snapshot": shape{"id": aText, "override": aBool}}.read(in, &faults)
	required(in, &faults, "companyId")
	load, loads := own["snapshot"].(map[string]any)
	if loads && load["id"] == nil {
		faults = append(faults, "snapshot.id should not be empty")
	}
	if faults != nil {
		return invalid(v.route.op, faults...)
	}
	l, refused := s.location(v)
	if refused != nil {
		return refused
	}
	if own["companyId"] != l.CompanyID {
		return outOfReach() // a guess
	}
	if loads && !s.owns(l.CompanyID, load["id"].(string)) {
		return notFound(v.route.op, "Snapshot not found")
	}
	if name, ok := own["name"].(string); ok && name != "" {
		l.Name = name
	}
	merged := l.fields() // a copy, since others may still read the old ones
	maps.Copy(merged, fields)
	l.Fields = merged
	s.locations.touch(l)
	if loads {
		s.push(load["id"].(string), l.ID, time.Now())
	}
	return succeed(v.route.op, l.view("companyId"))
}

// deleteLocation removes a sub-account and its items. That its pushes stay in the lists is a guess.
func (s *Sandbox) deleteLocation(v *visit) *answer {
	if _, err := strconv.ParseBool(v.query.Get("deleteTwilioAccount")); err != nil {
		return invalid(v.route.op, "deleteTwilioAccount must be a boolean value")
	}
	l, refused := s.location(v)
	if refused != nil {
		return refused
	}
	for _, c := range collections {
		c.table(s).removeAll(func(i *Item) bool { return i.LocationID == l.ID })
	}
	s.locations.remove(l.ID)
	return asJSON(http.StatusOK, map[string]any{"success": true, "message": fmt.Sprintf("Deleted location with id: %s", l.ID)})
}
