package oauth

import (
	"context"
	"errors"
)

// Store stores a token for everyone who uses it. Its methods must be safe for concurrent use. Your own implementation should
// write what [Token.Encode] returns, and decode it with encoding/json; encoding/json alone encodes no secret.
type Store interface {
	// Load returns the stored token, or [ErrNoToken].
	Load(ctx context.Context) (Token, error)

	// Swap replaces old by next, and returns when next is stored durably. If the stored token is no longer old, it
	// stores nothing and returns [ErrChanged]. The zero Token as old means: whatever is stored.
	Swap(ctx context.Context, old, next Token) error

	// Lock prevents others from refreshing until unlock is called, or ctx ends.
	Lock(ctx context.Context) (unlock func(), err error)
}

var (
	// ErrNoToken is the error of an empty store.
	ErrNoToken = errors.New("no token is stored")
	// ErrChanged is the error of a Swap that found another token than the old one.
	ErrChanged = errors.New("the stored token has changed")
)
