// Package oas reads OpenAPI documents for all other packages: bytes to nodes that know their lines, JSON pointers, and
// references within the document and to the files next to it.
//
// [Parse] parses JSON as JSON and YAML as YAML into one kind of tree, [yaml.Node]. The helpers on nodes ([Child], [Pairs],
// [Text], …) resolve YAML aliases and merge keys (<<), so readers do not have to. [Open] adds the files that a document
// refers to; [Documents.Target] follows the references of a node, [Documents.Resolve] those of a [Place]. [Documents.Model]
// returns the model of kin-openapi, and [Documents.Validate] also validates it.
//
// These rules apply to all readers:
//
//   - A mapping with a duplicate key is an error: readers differ in which one counts.
//   - References lead to JSON pointers (#/components/schemas/A), percent-encoded or not, to an $anchor, and to .json and .yaml
//     files by a path relative to the file with the reference, including above the document's directory, as in published
//     documents. They never lead to a URL, an absolute path or an $id.
//   - Size, depth, aliases and the number of files are limited. A document is read, or refused with file and line.
package oas
