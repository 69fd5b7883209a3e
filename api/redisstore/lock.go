package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// A lock is a key whose value names its owner. The scripts that extend and release it compare the owner first, so that no process
// changes the lock of another process.
var (
	keepScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`)

	freeScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`)
)

// Lock implements [oauth.Store]. The lock is extended until it is released, ctx ends or the process ends; then it expires.
func (s *store) Lock(ctx context.Context) (func(), error) {
	key, owner := s.key+":lock", rand.Text()
	free := func() {
		_, _ = ask(context.Background(), s.redis, func(ctx context.Context) (int64, error) {
			return freeScript.Run(ctx, s.redis.client, []string{key}, owner).Int64()
		}, nil) // otherwise it expires
	}
	for {
		got, err := ask(ctx, s.redis, func(ctx context.Context) (bool, error) {
			err := s.redis.client.SetArgs(ctx, key, owner, redis.SetArgs{Mode: "NX", TTL: s.expiry}).Err()
			if errors.Is(err, redis.Nil) {
				return false, nil
			}
			return err == nil, err
		}, func(got bool) {
			if got {
				free()
			}
		})
		if err != nil {
			return nil, fmt.Errorf("lock token: %w", err)
		}
		if got {
			return s.keep(ctx, key, owner, free), nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("lock token: %w", ended(ctx))
		case <-time.After(25 * time.Millisecond):
		}
	}
}

// keep extends the lock until it is released or ctx ends.
func (s *store) keep(ctx context.Context, key, owner string, free func()) (unlock func()) {
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(s.expiry / 3)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				free()
				return
			case <-tick.C:
				_, _ = ask(ctx, s.redis, func(ctx context.Context) (int64, error) {
					return keepScript.Run(ctx, s.redis.client, []string{key}, owner, s.expiry.Milliseconds()).Int64()
				}, nil) // a lost lock does no harm: Swap compares
			}
		}
	}()
	return sync.OnceFunc(func() {
		stop()
		<-done
	})
}
