package rest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Security is one security scheme of an operation.
type Security struct {
	Scheme string // its name in the API description
	In     string // "bearer" for the client's token, "basic", or where an API key goes: "header", "query" or "cookie"
	Name   string // of the header, parameter or cookie of an API key
}

// WithKey sets the API key for a security scheme, by the scheme's name in the API description.
func WithKey(scheme, key string) Option {
	return func(c *config) error { return c.credential(scheme, key, key) }
}

// WithBasicAuth sets the user and the password for a security scheme, by the scheme's name in the API description.
func WithBasicAuth(scheme, user, password string) Option {
	return func(c *config) error {
		if strings.Contains(user, ":") {
			return errors.New("the user's name holds a colon, which separates it from the password")
		}
		return c.credential(scheme, base64.StdEncoding.EncodeToString([]byte(user+":"+password)), password)
	}
}

// minSecret is the minimum length of a password that is redacted. A shorter one would be found in many words.
const minSecret = 4

// credential returns what a client sends for a security scheme, and what else must be redacted. It is a function, so that no
// printing verb shows it.
type credential func() (text, secret string)

func (c *config) credential(scheme, text, secret string) error {
	if scheme == "" || text == "" || plainText(text) != nil {
		return fmt.Errorf("the key for the security scheme %q is empty, or holds a control character", scheme)
	}
	c.credentials = maps.Clone(c.credentials)
	if c.credentials == nil {
		c.credentials = map[string]credential{}
	}
	c.credentials[scheme] = func() (string, string) { return text, secret }
	return nil
}

// chooseSecurity returns the first of an operation's alternatives for which the client has all credentials; one that needs
// none comes last.
func (c *Client) chooseSecurity(op *Operation) ([]Security, error) {
	var missing []string
	for _, alternative := range slices.SortedStableFunc(slices.Values(op.Security), func(a, b []Security) int { return min(len(b), 1) - min(len(a), 1) }) {
		i := slices.IndexFunc(alternative, func(s Security) bool {
			if s.In == "bearer" {
				return c.conf.source == nil
			}
			return c.conf.credentials[s.Scheme] == nil
		})
		if i < 0 {
			return alternative, nil
		}
		missing = append(missing, alternative[i].Scheme)
	}
	return nil, fmt.Errorf("%w: the client has no credentials for the security scheme %s; set them when it is created", ErrInvalidRequest, strings.Join(missing, " or "))
}

// secure adds the credentials that an operation needs in addition to a token, or instead of it.
func (c *Client) secure(next stage) stage {
	withToken := c.authorize(next)
	return func(k *call) (*answer, error) {
		if k.req.op.Security == nil {
			return withToken(k)
		}
		chosen, err := c.chooseSecurity(k.req.op)
		if err != nil {
			return nil, notSent(err)
		}
		k.security, k.token = chosen, Token{}
		for _, s := range chosen {
			if s.In != "bearer" {
				text, secret := c.conf.credentials[s.Scheme]()
				k.token.others = append(k.token.others, text)
				if len(secret) >= minSecret {
					k.token.others = append(k.token.others, secret)
				}
			}
		}
		if slices.ContainsFunc(chosen, func(s Security) bool { return s.In == "bearer" }) {
			return withToken(k)
		}
		return next(k)
	}
}

// sendCredentials adds the credentials of a call to its request.
func (c *Client) sendCredentials(k *call, header http.Header, u *url.URL) {
	for _, s := range k.security {
		if s.In == "bearer" {
			continue // it is sent as the token of the call
		}
		text, _ := c.conf.credentials[s.Scheme]()
		switch s.In {
		case "basic":
			header.Set("Authorization", "Basic "+text)
		case "header":
			header.Set(s.Name, text)
		case "cookie":
			header["Cookie"] = []string{strings.TrimPrefix(header.Get("Cookie")+"; "+s.Name+"="+escapeCookie(text), "; ")}
		case "query":
			u.RawQuery = strings.TrimPrefix(u.RawQuery+"&"+url.QueryEscape(s.Name)+"="+url.QueryEscape(text), "&")
		}
	}
}
