package mcpserver_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestErrorsReportWhatIsPerhapsDone(t *testing.T) {
	box := sandbox.New(sandbox.WithFault(mustFault(t, "operation=create-snapshot-share-link; status=502; times=9")))
	o := sandboxOptions(t, box)
	o.AllowWrites = true
	c := connect(t, o, nil)
	wantRefusal(t, call(t, c, "create-snapshot-share-link", linkArguments), "perhaps done", "could be done twice")
	wantRefusal(t, call(t, c, "create-snapshot-share-link", linkArguments), "--allow-destructive") // there may be a link now
}

func TestErrorsTellTheAssistantWhatToDo(t *testing.T) {
	for fault, want := range map[string]string{
		"status=401; message=The token is not authorized for this scope.": "Ask the user for a token with that scope",
		"status=401; message=Invalid JWT":                                 "another token",
		"status=404":                                                      "ids",
	} {
		box := sandbox.New(sandbox.WithFault(mustFault(t, fault)))
		wantRefusal(t, call(t, connect(t, sandboxOptions(t, box), nil), "get-custom-snapshots", nil), want)
	}
}
