package console

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

// Limits of the state that is sent to the page.
const (
	mostRows    = 200
	mostChoices = 500 // snapshots to choose from
)

// rows are the newest rows of a table that contain a text.
type rows struct {
	Rows  any `json:"rows"`
	Found int `json:"found"` // how many rows contain the text
	Total int `json:"total"`
}

// newest returns the newest rows that contain text, which must be in lower case. Case is ignored.
func newest[T any](all []T, text string) rows {
	found, list := 0, []T{}
	for _, row := range slices.Backward(all) {
		if text != "" {
			data, err := json.Marshal(row)
			if err != nil || !strings.Contains(strings.ToLower(string(data)), text) {
				continue
			}
		}
		if found++; len(list) < mostRows {
			list = append(list, row)
		}
	}
	return rows{list, found, len(all)}
}

// getState responds with the faults and the part of the state that the page shows.
func (c *Console) getState(w http.ResponseWriter, r *http.Request) error {
	state, find := c.box.State(), strings.ToLower(strings.TrimSpace(r.URL.Query().Get("find")))
	choices := state.Snapshots[max(0, len(state.Snapshots)-mostChoices):]
	return sendJSON(w, map[string]any{
		"snapshots": newest(state.Snapshots, find), "links": newest(state.Links, find), "pushes": newest(state.Pushes, find),
		"locations": newest(state.Locations, find), "paused": state.Paused,
		"choices": choices, "faults": c.box.Faults(),
	})
}

func (c *Console) addFault(w http.ResponseWriter, r *http.Request) error {
	var fault sandbox.Fault
	if err := readJSON(w, r, &fault); err != nil {
		return err
	}
	id, err := c.box.AddFault(fault)
	if err != nil {
		return err
	}
	return sendJSON(w, map[string]string{"id": id})
}

func (c *Console) liftFaults(http.ResponseWriter, *http.Request) error {
	c.box.LiftFaults()
	return nil
}

func (c *Console) liftFault(_ http.ResponseWriter, r *http.Request) error {
	if !c.box.LiftFault(r.PathValue("id")) {
		return statusError{http.StatusNotFound, errors.New("there is no such fault, or no longer")}
	}
	return nil
}

func (c *Console) beginPush(w http.ResponseWriter, r *http.Request) error {
	var in struct{ SnapshotID, LocationID string }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	if in.SnapshotID == "" || in.LocationID == "" {
		return errors.New("a push needs a snapshot and a sub-account")
	}
	return sendJSON(w, c.box.Push(in.SnapshotID, in.LocationID))
}

func (c *Console) setPush(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Status string }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	if in.Status == "" {
		return errors.New("a push needs a status")
	}
	if !c.box.SetStatus(r.PathValue("id"), in.Status) {
		return statusError{http.StatusNotFound, errors.New("there is no such push")}
	}
	return nil
}
