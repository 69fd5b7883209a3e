package oauth

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
)

// MemoryStore returns a store that keeps a token in memory. Its initial token may be zero.
func MemoryStore(token Token) Store {
	return &memoryStore{token: func() Token { return token }, lock: make(chan struct{}, 1)}
}

type memoryStore struct {
	mu    sync.Mutex
	token func() Token // a function, so that no printing verb shows the token
	lock  chan struct{}
}

func (m *memoryStore) Load(context.Context) (Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	token := m.token()
	if token.equal(Token{}) {
		return Token{}, ErrNoToken
	}
	return token, nil
}

func (m *memoryStore) Swap(_ context.Context, old, next Token) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !old.equal(Token{}) && !m.token().equal(old) {
		return ErrChanged
	}
	m.token = func() Token { return next }
	return nil
}

func (m *memoryStore) Lock(ctx context.Context) (func(), error) {
	select {
	case m.lock <- struct{}{}:
		return sync.OnceFunc(func() { <-m.lock }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Format prints no token for any verb. It does not read the token, so that a store can be printed while it is in use.
func (m *memoryStore) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("memory store")) }

// LogValue returns no token for package slog.
func (m *memoryStore) LogValue() slog.Value { return slog.StringValue("memory store") }
