package api

import "github.com/highlevel-go/snapshots/api/rest"

// Budget grants requests, so that the service's limit is kept before the service has to refuse. All clients of a process share one unless
// [WithBudget] gives another: one that leaves a part to other programs, or that of api/redisstore for several machines.
//
//	client, err := api.New(api.WithEnvironment(), api.WithBudget(rest.NewLocalBudget(100, 10*time.Second, rest.BudgetShare(0.5))))
//
// It is an interface of one method, and must be safe for concurrent use:
//
//	Take(ctx context.Context, key string) (settle func(Outcome), err error)
//
// Take waits until one request may be sent, in order of arrival, and counts it for the key, which stands for a token and an agency. settle is called
// once, when the request is over. The error is the context's, a *[DailyLimitError] or a *[PausedError].
type Budget = rest.Budget

// Outcome is what became of a request that a [Budget] granted. A program meets it where it writes a budget of its own:
//
//	settle, err := budget.Take(ctx, key)
//	if err == nil {
//		settle(api.Outcome{Answered: true, Rate: rate})
//	}
//
// Its fields:
//   - Answered bool: an answer came; Rate is what it said
//   - Unsent bool: the request surely did not reach the service
//   - Refused bool: the answer was a 429
//   - Rate [Rate]: the service's own count
//   - RetryAfter time.Duration: the wait that the service asks for; 0 for none
type Outcome = rest.Outcome
