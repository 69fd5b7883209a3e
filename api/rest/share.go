package rest

import (
	"maps"
	"slices"
)

// WithShared makes a client of another section share what c has: its base URL, token source, budget, connections, hooks and
// settings. A default that is already set, such as the section's own Version, is not changed.
func WithShared(c *Client) Option {
	return func(conf *config) error {
		if c == nil || c.call == nil {
			return errNotMade
		}
		own := *conf
		*conf = c.conf
		conf.defaults = maps.Clone(c.conf.defaults)
		if conf.defaults == nil {
			conf.defaults = map[string]string{}
		}
		maps.Copy(conf.defaults, own.defaults)
		conf.middleware = slices.Clone(c.conf.middleware)
		conf.servers = nil
		if own.base != nil && conf.base != nil && *own.base == *conf.base { // the program has not set another base URL
			conf.servers = own.servers
		}
		return nil
	}
}
