// Package pagewriter writes documentation pages from facts, as the documentation's renderer and the scrapers that read it
// would. It is the inverse of package docpage, and tests it: docpage must read from a page the facts that the page shows, in
// every dialect. It follows the renderer's rules, not those of docpage, and is used only in tests.
//
// [Write] returns the page together with the facts that it shows and their lines. If the page does not show something of an
// operation, that is a limit of the renderer; [page.Limits] lists them with the reason.
package pagewriter
