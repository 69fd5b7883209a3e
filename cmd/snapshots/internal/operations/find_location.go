package operations

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
)

// looksLikeID matches text that is used as the id of a sub-account without a lookup: an agency can have hundreds of
// sub-accounts, which take many requests to list.
var looksLikeID = regexp.MustCompile(`^[A-Za-z0-9_-]{15,}$`)

// LocationID returns the id of the agency's sub-account with an id, a name or an email address. Text that looks like an id,
// or follows "id:", is not looked up; text after "name:" always is.
func LocationID(ctx context.Context, client *api.Client, idOrName string) (string, error) {
	text := strings.TrimSpace(idOrName)
	if id, given := strings.CutPrefix(text, idPrefix); given {
		return id, required("sub-account", id)
	}
	name, given := strings.CutPrefix(text, namePrefix)
	if !given && looksLikeID.MatchString(text) {
		return text, nil
	}
	name = strings.TrimSpace(name)
	if err := required("sub-account", name); err != nil { // many sub-accounts have no email address, and none of them is meant
		return "", err
	}
	var found []string
	e := &NameError{Kind: "sub-account", Name: name, List: "snapshots locations"}
	for l, err := range client.Locations().Search(ctx, locations.SearchRequest{Limit: pageOfLocations}) {
		switch {
		case err != nil:
			return "", fmt.Errorf("look up the sub-account %q: %w", name, err)
		case l.ID == name:
			return l.ID, nil
		case sameName(l.Name, name), strings.EqualFold(l.Email, name):
			found = append(found, l.ID)
		case len(e.Near) < maxNear && containsName(l.Name, name):
			e.Near = append(e.Near, l.Name)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	e.IDs = found
	return "", e
}

// pageOfLocations is the number of sub-accounts in a request. The largest number that the service accepts is unknown.
const pageOfLocations = 100
