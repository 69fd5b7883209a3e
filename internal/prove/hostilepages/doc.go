// Package hostilepages contains tests that pass docpage pages that are too large, too long or too deep. They take longer
// than the other tests of docpage.
package hostilepages
