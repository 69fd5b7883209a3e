package rest

import (
	"fmt"
	"slices"
	"strings"
)

// checkToken refuses a call if its token is known not to be valid for it, before anything is sent. What is not known about
// the token is left to the service.
func (c *Client) checkToken(op *Operation, t Token) error {
	if len(op.TokenTypes)+len(op.Scopes)+len(op.AuthMethods) == 0 {
		return nil
	}
	info := c.infoOf(t)
	switch {
	case !accepts(op.AuthMethods, info.Kind):
		return fmt.Errorf("%w: it is a %s, and the operation accepts %q; nothing was sent", ErrTokenType, info.Kind, op.AuthMethods)
	case !accepts(op.TokenTypes, info.Type):
		return fmt.Errorf("%w: it is of type %q, and the operation accepts %q; nothing was sent", ErrTokenType, info.Type, op.TokenTypes)
	case len(info.Scopes) == 0:
		return nil
	}
	for _, scope := range op.Scopes {
		if !slices.Contains(info.Scopes, scope) {
			return fmt.Errorf("%w: the operation needs %s, and the token has only %s; authorize again with that scope; nothing was sent",
				ErrMissingScope, scope, strings.Join(info.Scopes, " "))
		}
	}
	return nil
}

// infoOf returns [Token.Info], which is cached for the last token.
func (c *Client) infoOf(t Token) TokenInfo {
	if last := c.lastInfo.Load(); last != nil && last.token.Value == t.Value && last.token.Type == t.Type && slices.Equal(last.token.Scopes, t.Scopes) {
		return last.info
	}
	info := t.Info()
	c.lastInfo.Store(&tokenAndInfo{t, info})
	return info
}

type tokenAndInfo struct {
	token Token
	info  TokenInfo
}

// accepts reports whether a word is on a list; an unknown word or an empty list leaves that to the service.
func accepts(list []string, word string) bool {
	return word == "" || len(list) == 0 || slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, word) })
}
