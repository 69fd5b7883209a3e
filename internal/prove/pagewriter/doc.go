// Package pagewriter writes documentation pages from facts, as the documentation's renderer and the scrapers that read it
// would. It is the opposite of package docpage, and tests it: the facts that a page shows must be read from it again, in every
// dialect. It follows the renderer's rules, not that package's, and is used in tests only.
//
// [Write] says with the page which facts it shows and on which line. What an operation has and the page does not show is
// a limit of the renderer; [page.Limits] lists them with the reason.
package pagewriter
