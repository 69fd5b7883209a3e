// Package redisstore lets several machines spend one budget of requests, and keep one OAuth token, through Redis.
//
//	shared := redis.NewClient(&redis.Options{Addr: "redis.internal:6379"})
//	budget := redisstore.Budget(shared, redisstore.BudgetOptions{})
//	source, err := config.Source(redisstore.Store(shared, "our app", redisstore.StoreOptions{}))
//	client, err := api.New(api.WithTokenSource(source), api.WithBudget(budget), api.WithCompany(companyID))
//
// It is a module of its own, so that a program on one machine gets no Redis client with package api.
//
// # The budget
//
// [Budget] counts as the budget of one process does ([rest.LocalBudget]): an exact sliding window for each token and
// company, in order of arrival over all machines, corrected by the service's answers. It is one script that Redis
// runs as a whole and by its own clock, so the clocks of the machines do not matter. Redis holds no token and no id of a
// company: the name of a budget is a hash of them. Its keys share a hash tag, as a cluster asks for, and expire. Where they are
// lost, by a restart or an eviction, the next answers tell what the service has counted. Redis 5 or later is needed.
//
// Tokens of the oauth package are counted by their app, and Private Integration Tokens by themselves, on every machine
// alike. Another token source is counted apart in each process, unless it has a method Identity() string.
//
// # The token
//
// [Store] keeps a token for all machines. Under its lock one machine refreshes at a time. The lock expires, so that a
// machine that dies keeps no other from refreshing. One that was only slow does no harm after that, since the token is
// replaced only while it is still the one that was refreshed.
//
// A token is as durable as the server keeps it: with appendonly and appendfsync always it survives a crash of Redis;
// without them the last refresh token can be lost, and somebody has to authorize again. Tokens are stored as plain text:
// whoever may read the database or a backup of it can use them. The key of a token does not expire, and
// maxmemory-policy must not be one that evicts it: noeviction, or volatile-*.
//
// # When Redis is away
//
// A call then fails with [ErrUnavailable] before anything is sent, unless the budget was given another one to fall back
// to. Then one call at a time finds out whether Redis is back, and the others go on with the fallback. The outcome of requests
// is reported to Redis afterwards. A token that is still good is used without asking Redis.
package redisstore
