package redisstore_test

import (
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/redisstore"
	"github.com/highlevel-go/snapshots/api/rest"
)

func Example() {
	shared := redis.NewClient(&redis.Options{Addr: "127.0.0.1:6379"})
	defer func() { _ = shared.Close() }()

	app := oauth.Config{ClientID: "id", ClientSecret: "secret", RedirectURL: "https://app.example/callback"}
	source, err := app.Source(redisstore.Store(shared, "our app", redisstore.StoreOptions{}))
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := api.New(
		api.WithTokenSource(source),
		api.WithCompany("5DP4iH6HLkQsiKESj6rh"),
		api.WithBudget(redisstore.Budget(shared, redisstore.BudgetOptions{
			Fallback: rest.NewLocalBudget(25, 10*time.Second), // one of four machines
		})),
	)
	fmt.Println(client != nil, err)
	// Output: true <nil>
}
