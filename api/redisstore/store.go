package redisstore

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/highlevel-go/snapshots/api/oauth"
)

// StoreOptions configures [Store]. Zero fields have the defaults.
type StoreOptions struct {
	Prefix  string        // of the keys in Redis; the default is "highlevel:"
	Timeout time.Duration // for one command, including connecting; the default is 2 s

	// Expiry is how long a lock outlives its process; the default is 8 s. A running process extends its lock. It should be well
	// below the 30 s within which the service repeats the response to a refresh: then the next process gets the token that a
	// crashed one could not store.
	Expiry time.Duration
}

// Store returns a store in Redis. All stores with the same name have the same token.
func Store(client redis.UniversalClient, name string, o StoreOptions) oauth.Store {
	sum := sha256.Sum256([]byte(name))
	key := cmp.Or(o.Prefix, defaultPrefix) + "token:{" + hex.EncodeToString(sum[:16]) + "}"
	return &store{
		redis:  link{client, cmp.Or(max(o.Timeout, 0), defaultTimeout)},
		key:    key,
		expiry: cmp.Or(max(o.Expiry, 0), 8*time.Second),
	}
}

type store struct {
	redis  link
	key    string
	expiry time.Duration
}

// Load implements [oauth.Store].
func (s *store) Load(ctx context.Context) (oauth.Token, error) {
	text, err := ask(ctx, s.redis, func(ctx context.Context) (string, error) {
		return s.redis.client.HGet(ctx, s.key, "token").Result()
	}, nil)
	if errors.Is(err, redis.Nil) {
		return oauth.Token{}, oauth.ErrNoToken
	}
	if err != nil {
		return oauth.Token{}, fmt.Errorf("load token: %w", err)
	}
	var t oauth.Token
	if json.Unmarshal([]byte(text), &t) != nil || turn(t) == "" {
		return oauth.Token{}, fmt.Errorf("load token: the value of %s is not a token", s.key)
	}
	return t, nil
}

// swapScript stores the next token if the present one is the one that it replaces. ARGV: old, or "" for any; next; its JSON.
// A command that was repeated finds that next is already stored.
var swapScript = redis.NewScript(`
local have = redis.call('HGET', KEYS[1], 'turn')
if have == ARGV[2] then return 1 end
if ARGV[1] ~= '' and not have then return -1 end
if ARGV[1] ~= '' and have ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'turn', ARGV[2], 'token', ARGV[3])
return 1
`)

// Swap implements [oauth.Store].
func (s *store) Swap(ctx context.Context, old, next oauth.Token) error {
	if turn(next) == "" {
		return errors.New("store token: it is empty")
	}
	text, err := next.Encode()
	if err != nil {
		return fmt.Errorf("store token: %w", err)
	}
	done, err := ask(ctx, s.redis, func(ctx context.Context) (int64, error) {
		return swapScript.Run(ctx, s.redis.client, []string{s.key}, turn(old), turn(next), text).Int64()
	}, nil)
	switch {
	case err != nil:
		return fmt.Errorf("store token: %w", err)
	case done < 0:
		return oauth.ErrNoToken
	case done == 0:
		return oauth.ErrChanged
	}
	return nil
}

// turn returns a hash that identifies a token; it is empty for the zero Token.
func turn(t oauth.Token) string {
	if t.AccessToken == "" && t.RefreshToken == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(t.AccessToken + "\x00" + t.RefreshToken))
	return hex.EncodeToString(sum[:])
}
