// Package fetch downloads pages of a documentation site for package docpage.
//
// It is polite to the site: one request at a time, a pause between requests, an honest user agent, no second request for
// what did not change, and no host other than those of the documentation. And it does not trust the site: every response is
// limited in time and size, no response leads to another host, no name of a page leads out of the directory, and a page that
// identifies itself as another page is refused.
//
// [New] opens a site, [Site.Page] downloads one page into memory, [Site.Sitemap] lists pages, and [Site.Save] downloads
// pages into a directory, so that a later run requests only what has changed.
package fetch
