// Package hostilepages holds tests that give docpage pages which are too large, too long or too deep. They take longer than the other
// tests of docpage.
package hostilepages
