// Package pagewriter writes documentation pages from facts, as the documentation's renderer and the scrapers that read it
// would. It is the opposite of package docpage, and tests it: docpage must read the facts that a page shows, in every
// dialect. It follows the rules of the renderer, not those of docpage, and is used only in tests.
//
// [Write] returns with the page the facts that it shows and their lines. Facts of an operation that the page does not show
// are a limit of the renderer; [page.Limits] lists them with the reason.
package pagewriter
