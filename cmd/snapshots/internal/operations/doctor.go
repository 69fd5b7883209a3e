package operations

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/dates"
)

// Check is the result of one check of [Examine].
type Check struct {
	Name   string
	Result string // Good, Warning or Bad
	Found  string
	Do     string // what to do; empty if nothing
}

// The results of a check.
const (
	Good    = "ok"
	Warning = "warning"
	Bad     = "failed"
)

// maxSkew is the difference between the clocks that causes a warning: tokens seem to expire too early or too late.
const maxSkew = time.Minute

// Examine checks the token and requests the list of snapshots once. It returns the error of the first failed check. company
// is the agency of the client.
func Examine(ctx context.Context, client *api.Client, company string) ([]Check, error) {
	info, err := client.TokenInfo(ctx)
	if err != nil {
		return []Check{{"token", Bad, err.Error(), "log in again with snapshots auth login, or give another token"}}, err
	}
	checks := []Check{checkToken(info), checkCompany(info, company), checkScopes(info), checkEnd(info, time.Now())}
	var response api.Response
	began := time.Now()
	list, err := client.Snapshots(ctx, api.SnapshotsRequest{}, api.CallResponse(&response))
	switch {
	case response.Header == nil:
		return append(checks, Check{"service", Bad, fmt.Sprint(err), cmp.Or(whatToDo(err), "look at the network, a proxy, and --base-url")}), err
	case err != nil:
		checks = append(checks, Check{"service", Bad, err.Error(), whatToDo(err)})
	default:
		checks = append(checks, Check{"service", Good, fmt.Sprintf("%d snapshots in %v", len(list.Snapshots), time.Since(began).Round(time.Millisecond)), ""})
	}
	return append(checks, checkClock(response.Header, time.Now()), checkBudget(response.Rate)), err
}

// CheckTokenFrom reports the source of the token, and warns of a file that other users of the machine can read.
func CheckTokenFrom(from, file string) Check {
	c := Check{Name: "token from", Result: Good, Found: from}
	if info, err := os.Stat(file); from == file && err == nil && info.Mode().IsRegular() && info.Mode()&0o044 != 0 && runtime.GOOS != "windows" {
		c.Result, c.Found, c.Do = Warning, from+", which others may read", "chmod 600 "+from
	}
	return c
}

func checkToken(i api.TokenInfo) Check {
	c := Check{Name: "token", Result: Good, Found: cmp.Or(i.Kind, "of a kind that is not known") + ", " + cmp.Or(i.Type, "level not known")}
	if i.Type == rest.SubAccountToken {
		c.Result, c.Do = Bad, "use a token of the agency: the snapshots operations do not take a sub-account's"
	}
	return c
}

func checkCompany(i api.TokenInfo, company string) Check {
	switch i.CompanyID {
	case "":
		return Check{"agency of token", Good, "the token does not name it", ""}
	case company:
		return Check{"agency of token", Good, company, ""}
	}
	return Check{"agency of token", Bad, fmt.Sprintf("%s, and not %s, which is asked for", i.CompanyID, company), "give --company " + i.CompanyID + ", or a token of the other agency"}
}

func checkScopes(i api.TokenInfo) Check {
	if len(i.Scopes) == 0 {
		return Check{"scopes", Good, "the token does not name them", ""}
	}
	var missing []string
	for _, op := range append(api.Operations(), &locations.OperationSearch, &locations.OperationUpdate) {
		for _, scope := range op.Scopes {
			if !slices.Contains(i.Scopes, scope) && !slices.Contains(missing, scope) {
				missing = append(missing, scope)
			}
		}
	}
	if missing != nil {
		return Check{"scopes", Warning, fmt.Sprintf("missing: %q", missing), "give the app these scopes and authorize again"}
	}
	return Check{"scopes", Good, "all that the commands need", ""}
}

func checkEnd(i api.TokenInfo, now time.Time) Check {
	switch left := i.Expires.Sub(now).Round(time.Second); {
	case i.Expires.IsZero():
		return Check{"end of token", Good, "the token does not name it", ""}
	case left <= 0:
		return Check{"end of token", Bad, "it ended at " + dates.Show(i.Expires.Local()), "renew it, or log in again"}
	default:
		return Check{"end of token", Good, "at " + dates.Show(i.Expires.Local()), ""}
	}
}

func checkClock(h http.Header, now time.Time) Check {
	there, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return Check{"clock", Good, "the service does not report its time", ""}
	}
	skew := now.Sub(there).Round(time.Second)
	if skew.Abs() > maxSkew {
		return Check{"clock", Warning, fmt.Sprintf("this machine is %v away from the service", skew), "set the clock: tokens seem to end too early or too late"}
	}
	return Check{"clock", Good, "as that of the service", ""}
}

func checkBudget(r api.Rate) Check {
	if !r.HasRemaining && !r.HasDaily {
		return Check{"budget", Good, "the service does not report it", ""}
	}
	c := Check{"budget", Good, fmt.Sprintf("%d of %d left in %v, %d of %d left today", r.Remaining, r.Limit, r.Interval, r.DailyRemaining, r.DailyLimit), ""}
	if r.HasDaily && r.DailyRemaining*20 < r.DailyLimit {
		c.Result, c.Do = Warning, "less than a twentieth of the day's requests is left"
	}
	return c
}

// whatToDo returns what to do when the list of snapshots was refused.
func whatToDo(err error) string {
	if advice := Advice(err); advice != "" {
		return advice
	}
	switch {
	case errors.Is(err, api.ErrTokenType):
		return "use a token of the agency"
	case errors.Is(err, api.ErrMissingScope):
		return "give the token the scope snapshots.readonly"
	case errors.Is(err, api.ErrRateLimited):
		return "wait; other programs may be spending the limit"
	case errors.Is(err, api.ErrInvalidToken), errors.Is(err, api.ErrUnauthorized):
		return "give another token: this one was refused"
	case errors.Is(err, api.ErrNotFound), errors.Is(err, api.ErrInvalid), errors.Is(err, api.ErrForbidden):
		return "look whether --company is the agency of the token"
	case errors.Is(err, api.ErrServer):
		return "try again later"
	}
	return ""
}
