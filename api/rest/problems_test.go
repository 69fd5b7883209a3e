package rest

import (
	"errors"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestProblemsAreReportedTogetherWithTheirPlaces(t *testing.T) {
	leak.Check(t)
	var p Problems
	if err := p.Err(); err != nil {
		t.Errorf("no problem is the error %v", err)
	}
	p.Required(true, "Name", "query", "name")
	p.Required(false, "CompanyID", "query", "companyId")
	p.Add("", "body", "", "is too long")
	p.Add("Limit", "", "", "is negative")
	err := p.Err()
	refused, ok := errors.AsType[*RequestError](err)
	if !ok || !errors.Is(err, ErrInvalidRequest) || len(refused.Problems) != 3 {
		t.Fatalf("the error is %#v", err)
	}
	if want := "invalid request: CompanyID (query companyId) is required; body is too long; Limit is negative"; err.Error() != want {
		t.Errorf("the error reads %q, want %q", err, want)
	}
}
