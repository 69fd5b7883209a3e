package api

import "github.com/highlevel-go/snapshots/api/rest"

// Response is the metadata of a response. [CallResponse] fills it:
//
//	var meta api.Response
//	list, err := client.Snapshots(ctx, api.SnapshotsRequest{}, api.CallResponse(&meta))
//	fmt.Println(meta.Status, meta.Rate.Remaining, "requests left,", len(meta.Mismatches), "values of other types")
//
// Its fields:
//   - Status int: the HTTP status
//   - Header http.Header: the headers
//   - Rate [Rate]: the budget of requests at that time
//   - Attempts int: the number of requests sent for the call
//   - Duration time.Duration: of the last attempt
//   - Mismatches [][Mismatch]: values that do not fit their documented types, at most 100
type Response = rest.Response

// Mismatch is a value in a response that does not fit its documented type. Its field is empty, or its item omitted, and
// nothing else is lost. String describes it in one line. Its fields:
//   - Path string: where it is, as a JSON Pointer such as "/data/0/locationId"
//   - Want string: what is documented, such as "a text"
//   - Raw string: the value as JSON, without tokens; its first 4 KiB
//
// A program that relies on every field can check for them:
//
//	for _, m := range meta.Mismatches {
//		log.Println(m.Path, "is not", m.Want)
//	}
type Mismatch = rest.Mismatch

// Rate is what the headers of one response say about the rate limit. [Response], [Error] and [Outcome] have it. Its fields,
// zero if the service did not say:
//   - Limit int: requests allowed in each interval
//   - Remaining int, HasRemaining bool: how many of them are left, and whether the service said so
//   - Interval time.Duration: length of the interval
//   - DailyLimit int: requests allowed per day
//   - DailyRemaining int, HasDaily bool: how many of them are left, and whether the service said so
//   - DailyReset time.Duration: time until the daily limit is reset
//
// A job that can wait checks it before it begins:
//
//	if rate := meta.Rate; rate.HasDaily && rate.DailyRemaining < 1000 {
//		log.Println("few requests are left today; new ones in", rate.DailyReset)
//	}
type Rate = rest.Rate
