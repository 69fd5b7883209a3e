package api

import "github.com/highlevel-go/snapshots/api/rest"

// Budget grants requests, so that the client stays within the service's rate limit. All clients of a process share one;
// [WithBudget] sets another, such as one that leaves a part to other programs, or the one of api/redisstore for several
// machines.
//
//	client, err := api.New(api.WithEnvironment(), api.WithBudget(rest.NewLocalBudget(100, 10*time.Second, rest.BudgetShare(0.5))))
//
// It is an interface with one method, and must be safe for concurrent use:
//
//	Take(ctx context.Context, key string) (settle func(Outcome), err error)
//
// Take waits until a request may be sent, in order of arrival, and counts it for the key, which stands for a token and an
// agency. settle is called once, when the request has ended. The error is that of the context, a *[DailyLimitError] or a
// *[PausedError].
type Budget = rest.Budget

// Outcome is the outcome of a request that a [Budget] granted. It is for programs that implement a budget:
//
//	settle, err := budget.Take(ctx, key)
//	if err == nil {
//		settle(api.Outcome{Answered: true, Rate: rate})
//	}
//
// Its fields:
//   - Answered bool: a response arrived; Rate is what it said
//   - Unsent bool: the request certainly did not reach the service
//   - Refused bool: the response was a 429
//   - Rate [Rate]: the service's own count
//   - RetryAfter time.Duration: the wait that the service asks for, or 0
type Outcome = rest.Outcome
