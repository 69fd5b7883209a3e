// Package redisstore lets several machines share one budget of requests and one OAuth token through Redis.
//
//	shared := redis.NewClient(&redis.Options{Addr: "redis.internal:6379"})
//	budget := redisstore.Budget(shared, redisstore.BudgetOptions{})
//	source, err := config.Source(redisstore.Store(shared, "our app", redisstore.StoreOptions{}))
//	client, err := api.New(api.WithTokenSource(source), api.WithBudget(budget), api.WithCompany(companyID))
//
// It is a separate module, so that package api does not depend on a Redis client.
//
// # The budget
//
// [Budget] works like the budget of one process ([rest.LocalBudget]): an exact sliding window for each token and company, in
// order of arrival over all machines, corrected by the responses of the service. It is a script that Redis runs atomically and by
// its own clock, so the clocks of the machines do not matter. Redis stores neither a token nor a company id: the name of a
// budget is a hash of both. Its keys share a hash tag, as a cluster requires, and expire. If they are lost, by a restart or an
// eviction, the next responses of the service correct the budget. Redis 5 or later is required.
//
// The requests of an app are counted together on all machines, and so are those of a Private Integration Token. Another token
// source is counted separately in each process, unless it has a method Identity() string.
//
// # The token
//
// [Store] keeps one token for all machines. Its lock lets one machine refresh at a time. The lock expires, so a machine that
// crashes does not block the others. A machine that was only slow does no harm after that, because Swap replaces a token only
// if it is still the one that was refreshed.
//
// A token is as durable as the server: with appendonly and appendfsync always it survives a crash of Redis; without them the
// last refresh token can be lost, and a person has to authorize again. Tokens are stored as plain text: anyone who can read
// the database or a backup can use them. The key of a token does not expire, so maxmemory-policy must not evict it: use
// noeviction or volatile-*.
//
// # When Redis is unavailable
//
// A call fails with [ErrUnavailable] before anything is sent, unless BudgetOptions has a Fallback. With a Fallback, one call at
// a time checks whether Redis is back, and the others use the Fallback. The outcomes of requests are reported to Redis
// afterwards. A token that is still valid is used without asking Redis.
package redisstore
