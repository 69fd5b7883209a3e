// Package grammar recognizes the single lines that the renderer prints: a field's label, a media type, a status, the headings of
// its sections, the method and address, the text of its buttons.
package grammar
