package oauth

import (
	"context"
	"errors"
	"sync"
)

// Store keeps a token for all who use it. Methods are safe for concurrent use.
type Store interface {
	// Load returns the stored token, or [ErrNoToken].
	Load(ctx context.Context) (Token, error)

	// Swap replaces old by next, and returns when next is stored durably. When the stored token is no longer old, it
	// stores nothing and returns [ErrChanged]. The zero Token as old means: whatever is stored.
	Swap(ctx context.Context, old, next Token) error

	// Lock keeps others from refreshing until unlock is called, or ctx ends.
	Lock(ctx context.Context) (unlock func(), err error)
}

var (
	// ErrNoToken says that a store is empty.
	ErrNoToken = errors.New("no token is stored")
	// ErrChanged says that somebody else has stored another token.
	ErrChanged = errors.New("the stored token has changed")
)

// MemoryStore keeps a token in this process, as long as it runs. It begins with token, which may be zero.
func MemoryStore(token Token) Store {
	return &memory{token: token, lock: make(chan struct{}, 1)}
}

type memory struct {
	mu    sync.Mutex
	token Token
	lock  chan struct{}
}

func (m *memory) Load(context.Context) (Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.token.same(Token{}) {
		return Token{}, ErrNoToken
	}
	return m.token, nil
}

func (m *memory) Swap(_ context.Context, old, next Token) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !old.same(Token{}) && !m.token.same(old) {
		return ErrChanged
	}
	m.token = next
	return nil
}

func (m *memory) Lock(ctx context.Context) (func(), error) {
	select {
	case m.lock <- struct{}{}:
		return sync.OnceFunc(func() { <-m.lock }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
