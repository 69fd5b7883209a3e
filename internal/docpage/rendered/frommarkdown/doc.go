// Package frommarkdown splits the Markdown of a scraped page into tokens. Scrapers write the same page in different ways;
// the tokens are the same for all.
package frommarkdown
