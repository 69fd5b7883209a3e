package sandbox

import (
	"net/http"
	"strconv"

	"github.com/highlevel-go/snapshots/api"
)

// locationToken issues a token of a sub-account to its agency. The response for an unknown sub-account is a guess.
func (s *Sandbox) locationToken(v *visit) *answer {
	form, err := v.form()
	if err != nil {
		return refuse(http.StatusBadRequest, "Bad Request")
	}
	var faults []string
	for _, name := range []string{"companyId", "locationId"} {
		if form.Get(name) == "" {
			faults = append(faults, name+" should not be empty")
		}
	}
	if faults != nil {
		return invalid(v.route.op, faults...)
	}
	company := form.Get("companyId")
	location := s.locations.get(form.Get("locationId"))
	switch {
	case location == nil:
		return notFound(v.route.op, "Location not found")
	case location.CompanyID != company, v.access.CompanyID != "" && v.access.CompanyID != company:
		return outOfReach()
	}
	access := Access{Scopes: v.access.Scopes, UserType: SubAccount, CompanyID: company, LocationID: location.ID}
	if s.isPaused(access) {
		return refuse(http.StatusBadRequest, "Location is not active")
	}
	g := s.issue(access)
	g.Lone = v.route.version != api.VersionV3 // the older version documents no refresh token
	return succeed(v.route.op, g.view(v))
}

// installedLocations lists the agency's sub-accounts, all of which have the app.
func (s *Sandbox) installedLocations(v *visit) *answer {
	var faults []string
	if v.query.Get("appId") == "" {
		faults = append(faults, "appId should not be empty")
	}
	v3 := v.route.version == api.VersionV3
	skipName, limitName := "skip", "limit"
	if v3 {
		skipName, limitName = "pageToken", "pageSize"
	}
	skip, limit := v.number(skipName, 0, 0, &faults), v.number(limitName, 20, 1, &faults)
	if v3 && limit > 100 {
		faults = append(faults, "pageSize must not be greater than 100")
	}
	if faults != nil {
		return invalid(v.route.op, faults...)
	}
	items, count := []map[string]any{}, 0
	for l := range s.locations.all() {
		if l.CompanyID != v.company || v.query.Get("locationId") != "" && v.query.Get("locationId") != l.ID {
			continue
		}
		if count++; count > skip && len(items) < limit {
			items = append(items, map[string]any{"_id": l.ID, "name": l.Name, "address": l.text("address"), "isInstalled": true})
		}
	}
	if !v3 {
		return succeed(v.route.op, map[string]any{"locations": items, "count": count, "installToFutureLocations": true})
	}
	page := map[string]any{"totalRecords": count, "hasNextPage": skip+len(items) < count, "hasPrevPage": skip > 0, "currentPageSize": len(items)}
	if skip+len(items) < count {
		page["nextPageToken"] = strconv.Itoa(skip + len(items))
	}
	return succeed(v.route.op, map[string]any{"items": items, "pagination": page, "installToFutureLocations": true})
}

// number returns a number of the query, or usual if there is none. It adds an error for a number that is less than least.
func (v *visit) number(name string, usual, least int, faults *[]string) int {
	text := v.query.Get(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least {
		*faults = append(*faults, name+" must be a number not less than "+strconv.Itoa(least))
		return usual
	}
	return n
}
