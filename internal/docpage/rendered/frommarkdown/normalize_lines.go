package frommarkdown

import (
	"html"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Scrapers write the same page in different ways. What they add around its lines is removed here, so that the next stages
// read only one dialect.

var (
	lineBreak = regexp.MustCompile(`(?i)(?:\s*<br\s*/?>\s*)+$`)
	blockTag  = regexp.MustCompile(`(?i)</?(?:details|summary|div|section|article|main|hr)(?:\s[^<>]*)?/?>`)
	noContent = regexp.MustCompile(`^(?:\s*(?:<!--.*?-->|!\[[^\]]*\]\([^()]*\)))+\s*$`)
	autoLink  = regexp.MustCompile(`<(https?://[^<>\s]+)>`)
)

var otherSpaces = strings.NewReplacer("\u00a0", " ", "\t", " ")

// withoutMarkup returns a line without what is invisible or has no meaning: zero-width characters, HTML's line breaks and
// blocks, pictures, comments, and the brackets around an address. A tab after the indentation, and a no-break space, become
// spaces.
func withoutMarkup(line string) string {
	if !token.IsPlain(line) {
		line = token.ZeroWidth.Replace(line)
		text := strings.TrimLeft(line, " \t")
		parts := strings.Split(text, "`")
		for i := 0; i < len(parts); i += 2 { // the spaces in a value in backticks are preserved
			parts[i] = otherSpaces.Replace(parts[i])
		}
		line = line[:len(line)-len(text)] + strings.Join(parts, "`")
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

// withoutEntities decodes code that a scraper copied from HTML unchanged.
func withoutEntities(lines []string) []string {
	if text := strings.Join(lines, "\n"); strings.Contains(text, "&") && !strings.ContainsAny(text, `"'<>`) && quoteEntity.MatchString(text) {
		return strings.Split(html.UnescapeString(text), "\n")
	}
	return lines
}

// normalize rewrites the tokens of a scraped page as the known scraper writes them.
func normalize(tokens []token.Token) []token.Token {
	raiseHeadings(tokens)
	tokens = withoutNavigation(tokens)
	restoreItems(tokens)
	normalizeFields(tokens)
	return tokens
}

// raiseHeadings raises all headings, if a scraper that embeds pages in one of its own has lowered them.
func raiseHeadings(tokens []token.Token) {
	top := 0
	for _, tok := range tokens {
		if tok.Kind == token.Heading && strings.EqualFold(token.Plain(tok.Text), "responses") && (top == 0 || tok.Level < top) {
			top = tok.Level
		}
	}
	for i := range tokens {
		if tokens[i].Kind == token.Heading && top > 2 {
			tokens[i].Level = max(1, tokens[i].Level-(top-2))
		}
	}
}

var (
	neighborLink   = regexp.MustCompile(`(?i)^\[(?:previous|next)\b`)
	ownSection     = regexp.MustCompile(`(?i)^\[(?:request|responses|share your feedback)\]\([^()\s]*\\?#[\w-]*\)$`)
	footer         = regexp.MustCompile(`(?i)^(?:edit this page|last updated (?:on|by) .*\d{4}.*|[★☆⭐ ]+|was this page helpful\?.*)$`)
	feedbackAnswer = regexp.MustCompile(`(?i)^(?:yes|no|yes no|👍|👎|👍 👎)$`)
)

// withoutNavigation removes links to the previous and next pages and to the parts of this one, and everything else that is
// below every page of a site.
func withoutNavigation(tokens []token.Token) []token.Token {
	kept := tokens[:0]
	asked := false // the question whether the page helped was seen
	for i := 0; i < len(tokens); i++ {
		tok := tokens[i]
		switch {
		case len(tok.Text) > token.LongestName:
		case tok.Kind == token.Item && ownSection.MatchString(tok.Text):
			continue
		case tok.Kind == token.ParagraphLine && neighborLink.MatchString(tok.Text):
			if lines := linesOfLinks(tokens[i:]); lines > 0 {
				i += lines - 1
				continue
			}
		case tok.Kind == token.ParagraphLine || tok.Kind == token.Heading:
			text := strings.TrimSpace(token.Marks.Replace(token.LinkText.ReplaceAllString(tok.Text, "$1")))
			if asked && feedbackAnswer.MatchString(text) {
				continue
			}
			asked = footer.MatchString(text)
			if asked && (tok.Kind == token.Heading || tok.First) {
				continue
			}
		}
		kept = append(kept, tok)
	}
	return kept
}

// linesOfLinks counts the lines at the front that are links and nothing else, which can go on over several; 0 for none.
func linesOfLinks(tokens []token.Token) (lines int) {
	text := ""
	for i := 0; i < min(8, len(tokens)) && tokens[i].Kind == token.ParagraphLine; i++ {
		if text += " " + tokens[i].Text; strings.HasSuffix(text, ")") && onlyLinks.MatchString(text) {
			lines = i + 1
		}
	}
	return lines
}

var onlyLinks = regexp.MustCompile(`^(?:\s*\[[^\[\]]*\]\([^()]*\))+$`)

// usualMedia matches the usual media types, since a scope can look like one.
var usualMedia = regexp.MustCompile(`^(?:application|multipart|text|image|audio|video)/|^\*/\*$`)

// restoreItems converts statuses and media types to list items, if a scraper marks them or prints them as paragraphs.
func restoreItems(tokens []token.Token) {
	below := false // the heading above the list of statuses
	for i := range tokens {
		tok := &tokens[i]
		if len(tok.Text) > token.LongestName {
			below = false
			continue
		}
		plain := strings.TrimSpace(token.Marks.Replace(token.LinkText.ReplaceAllString(tok.Text, "$1")))
		switch {
		case tok.Kind == token.Heading:
			below = strings.EqualFold(token.Plain(tok.Text), "responses")
			continue
		case tok.Kind == token.Item && (grammar.StatusCode.MatchString(plain) || grammar.IsMediaType(plain)):
			tok.Text = plain
			continue
		case tok.Kind == token.ParagraphLine && below && grammar.StatusCode.MatchString(plain):
			tok.Kind, tok.Text = token.Item, plain
			continue
		case tok.Kind == token.ParagraphLine && tok.First && usualMedia.MatchString(plain) && grammar.IsMediaType(plain) && endsParagraph(tokens[i+1:]):
			tok.Kind, tok.Text = token.Item, plain
		}
		below = below && grammar.IsButton(tok.Text)
	}
}

// endsParagraph reports whether the next line is not in the same paragraph. Before a list that names the media types, a
// media type in a paragraph is the text of a response header.
func endsParagraph(next []token.Token) bool {
	if len(next) == 0 {
		return true
	}
	if next[0].Kind == token.Item {
		return !grammar.IsMediaType(next[0].Text)
	}
	return next[0].Kind != token.ParagraphLine || next[0].First
}
