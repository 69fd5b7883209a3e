// Package fetch gets pages of a documentation site for package docpage to read.
//
// A site is treated politely: one request at a time, a pause between requests, an honest user agent, no second request for what did
// not change, and no host but the documentation's. And it is not trusted: every answer has a limit of time and size, no answer leads
// to another host, no name of a page leads out of the directory, and a page that names another page as its own is refused.
//
// [New] opens a site, [Site.Page] gets one page into memory, [Site.Sitemap] lists pages, [Site.Save] gets pages into a directory
// so that a later run asks only for what changed.
package fetch
