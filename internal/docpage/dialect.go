package docpage

import (
	"html"
	"regexp"
	"strings"
)

// Scrapers dress the same page differently. What they put around its lines is taken off here, so that the rest reads one dialect.

var (
	lineBreak = regexp.MustCompile(`(?i)(?:\s*<br\s*/?>\s*)+$`)
	blockTag  = regexp.MustCompile(`(?i)</?(?:details|summary|div|section|article|main|hr)(?:\s[^<>]*)?/?>`)
	noContent = regexp.MustCompile(`^(?:\s*(?:<!--.*?-->|!\[[^\]]*\]\([^()]*\)))+\s*$`)
	autoLink  = regexp.MustCompile(`<(https?://[^<>\s]+)>`)
)

// undressed is a line without what cannot be seen or says nothing: zero-width characters, HTML's line breaks and blocks,
// pictures, comments, and the brackets around an address.
func undressed(line string) string {
	if !isPlain(line) {
		line = zeroWidth.Replace(line)
		parts := strings.Split(line, "`")
		for i := 0; i < len(parts); i += 2 { // a value in ticks keeps its spaces
			parts[i] = strings.ReplaceAll(parts[i], "\u00a0", " ")
		}
		line = strings.Join(parts, "`")
	}
	if strings.Contains(line, "<") {
		line = autoLink.ReplaceAllString(lineBreak.ReplaceAllString(line, ""), "$1")
		if strings.HasPrefix(strings.TrimSpace(line), "<") {
			line = blockTag.ReplaceAllString(line, "")
		}
	}
	if strings.Contains(line, "&") && (strings.HasPrefix(line, "**") || strings.HasPrefix(line, "__")) {
		line = strings.ReplaceAll(html.UnescapeString(line), "\u00a0", " ")
	}
	if noContent.MatchString(line) {
		return ""
	}
	return line
}

var quoteEntity = regexp.MustCompile(`&(?:quot|apos|#34|#39|#x22|#x27);`)

// withoutEntities reads code that a scraper took from HTML as it was.
func withoutEntities(lines []string) []string {
	if text := strings.Join(lines, "\n"); strings.Contains(text, "&") && !strings.ContainsAny(text, `"'<>`) && quoteEntity.MatchString(text) {
		return strings.Split(html.UnescapeString(text), "\n")
	}
	return lines
}

// sameDialect rewrites the tokens of a scraped page as the known scraper writes them.
func sameDialect(tokens []token) []token {
	raiseHeadings(tokens)
	tokens = withoutNavigation(tokens)
	listWhatIsListed(tokens)
	undressFields(tokens)
	return tokens
}

// longestName is longer than what a scraper dresses: the lines of fields, statuses, media types and navigation.
const longestName = 1000

// raiseHeadings: a scraper that puts pages into one of its own lowers all headings.
func raiseHeadings(tokens []token) {
	top := 0
	for _, tok := range tokens {
		if tok.kind == heading && strings.EqualFold(words(tok.text), "responses") && (top == 0 || tok.level < top) {
			top = tok.level
		}
	}
	for i := range tokens {
		if tokens[i].kind == heading && top > 2 {
			tokens[i].level = max(1, tokens[i].level-(top-2))
		}
	}
}

var (
	neighbour  = regexp.MustCompile(`(?i)^\[(?:previous|next)\b`)
	ownSection = regexp.MustCompile(`(?i)^\[(?:request|responses|share your feedback)\]\([^()\s]*\\?#[\w-]*\)$`)
	furniture  = regexp.MustCompile(`(?i)^(?:edit this page|last updated (?:on|by) .*\d{4}.*|[★☆⭐ ]+|was this page helpful\?.*)$`)
	verdict    = regexp.MustCompile(`(?i)^(?:yes|no|yes no|👍|👎|👍 👎)$`)
)

// withoutNavigation leaves out links to the pages before and behind and to the parts of this one, and what else stands below
// any page of a site.
func withoutNavigation(tokens []token) []token {
	kept := tokens[:0]
	asked := false // whether the page helped
	for i := 0; i < len(tokens); i++ {
		tok := tokens[i]
		switch {
		case len(tok.text) > longestName:
		case tok.kind == item && ownSection.MatchString(tok.text):
			continue
		case tok.kind == paragraphLine && neighbour.MatchString(tok.text):
			if lines := linesOfLinks(tokens[i:]); lines > 0 {
				i += lines - 1
				continue
			}
		case tok.kind == paragraphLine || tok.kind == heading:
			text := strings.TrimSpace(dress.Replace(linkText.ReplaceAllString(tok.text, "$1")))
			if asked && verdict.MatchString(text) {
				continue
			}
			asked = furniture.MatchString(text)
			if asked && (tok.kind == heading || tok.first) {
				continue
			}
		}
		kept = append(kept, tok)
	}
	return kept
}

// linesOfLinks counts the lines at the front that are links and nothing else, which can go on over several; 0 for none.
func linesOfLinks(tokens []token) (lines int) {
	text := ""
	for i := 0; i < min(8, len(tokens)) && tokens[i].kind == paragraphLine; i++ {
		if text += " " + tokens[i].text; strings.HasSuffix(text, ")") && onlyLinks.MatchString(text) {
			lines = i + 1
		}
	}
	return lines
}

var onlyLinks = regexp.MustCompile(`^(?:\s*\[[^\[\]]*\]\([^()]*\))+$`)

// usualMedia: a scope can look like a media type.
var usualMedia = regexp.MustCompile(`^(?:application|multipart|text|image|audio|video)/|^\*/\*$`)

// listWhatIsListed makes items of statuses and media types that a scraper marks, or prints as paragraphs.
func listWhatIsListed(tokens []token) {
	below := false // the heading above the list of statuses
	for i := range tokens {
		tok := &tokens[i]
		if len(tok.text) > longestName {
			below = false
			continue
		}
		plain := strings.TrimSpace(dress.Replace(linkText.ReplaceAllString(tok.text, "$1")))
		switch {
		case tok.kind == heading:
			below = strings.EqualFold(words(tok.text), "responses")
			continue
		case tok.kind == item && (statusCode.MatchString(plain) || isMediaType(plain)):
			tok.text = plain
			continue
		case tok.kind == paragraphLine && below && statusCode.MatchString(plain):
			tok.kind, tok.text = item, plain
			continue
		case tok.kind == paragraphLine && tok.first && usualMedia.MatchString(plain) && isMediaType(plain) && (i+1 == len(tokens) || tokens[i+1].kind != paragraphLine || tokens[i+1].first):
			tok.kind, tok.text = item, plain
		}
		below = below && isButton(tok.text)
	}
}

const (
	noField fieldDress = iota
	asUsual
	flagsDressed
	labelDressed
	nameDressed
	listed
)

var ()
