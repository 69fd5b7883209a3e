package api_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestWhichWordsOfAStatusAreAFailure(t *testing.T) {
	leak.Check(t)
	for _, failed := range []string{
		"failed", "Failed", "FAILED", "fail", "failure", "failures", "FAILURE", "failed!", " failed ", "failed.", "unsuccessful",
		"error", "errors", "errored", "ERROR", "error 500", "error: timeout", "internal error", "fatal", "exception", "crashed",
		"cancelled", "canceled", "Cancelled", "CANCELED", "cancelled by user", "aborted", "abandoned", "terminated", "killed",
		"rejected", "denied", "access denied", "permission_denied", "declined", "refused", "expired",
		"timeout", "Timeout", "TIMEOUT", "timed out", "Timed out", "TIMED OUT", "timed_out", "timed-out", "TimedOut", "TIMEDOUT", "timedout", "time out", "TIME_OUT",
		"import_error", "importFailed", "ImportFailed", "IMPORT_FAILED", "FAILEDImport", "importFAILED", "partially-failed", "partial failure", "push.failed",
		"completed with errors", "completed with 1 error", "completed with 3 errors", "completed with 10 errors", "completedWithErrors",
		"5 of 5 failed", "3 failed, 0 completed", "failed: 3", "failed: completed 0", "failed (0 completed)", "failed after 0 s", "no data, failed", "not found: error",
		"interrupted", "Stopped", "halted by the service", "unable to load", "invalid_snapshot", "crash", "0 warnings, 2 errors", "retry failed", "failed after 3 retries", "fehler\u2028error",
	} {
		if !api.PushFailed(api.PushStatus{Status: failed}) {
			t.Errorf("%q passes for no failure", failed)
		}
	}
	for _, other := range []string{
		"", " ", "processing", "queued", "pending", "importing", "completed", "Completed", "done", "success", "successful", "finished", "running", "timed push", "time left",
		"no errors", "no error", "without errors", "without any errors", "completed without errors", "finishedWithoutErrors", "not failed", "never failed", "non-fatal", "done, no errors",
		"completed with 0 errors", "completed with 00 errors", "completed with zero errors", "0 failed", "0 of 5 failed", "errors: 0", "error_count: 0", "failed=0", "failed: 0, completed: 5", "errors: none", "errors = 0",
		"error-free", "errorless", "unfailing", "failover", "terrors", "retrying", "retrying after error", "failed, retrying", "timeouts", "untimed", "\u00e9rror",
	} {
		if api.PushFailed(api.PushStatus{Status: other}) {
			t.Errorf("%q passes for a failure", other)
		}
	}
}
