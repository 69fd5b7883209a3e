// Package frommarkdown splits the Markdown of a scraped page into tokens. Scrapers write the same page in different ways; the
// tokens are those of one way.
package frommarkdown
