// Package oas is the one reading of an OpenAPI document: its bytes into nodes that know their lines, JSON pointers, and
// references within the document and into the files beside it.
//
// [Parse] reads JSON as JSON and YAML as YAML into one kind of tree, [yaml.Node]. The helpers on nodes ([Child], [Pairs],
// [Text], …) read through YAML aliases and merge keys (<<), so that a reader never meets them. [Open] adds the files that a
// document refers to; [Documents.Target] follows the references of a node, [Documents.Resolve] those of a [Place].
// [Documents.Model] is the document as kin-openapi models it, and [Documents.Validate] asks it whether the document is valid.
//
// What is decided here, for all readers:
//
//   - A mapping that has a key twice is an error: readers differ in which one counts.
//   - References lead to JSON pointers (#/components/schemas/A), percent-encoded or not, to an $anchor, and to .json and .yaml files by a
//     path relative to the file that holds the reference, also above the document's directory, as published documents have
//     it. They never lead to an address, an absolute path or an $id.
//   - Size, depth, aliases and the number of files are bounded. A document is read, or refused with file and line.
package oas
