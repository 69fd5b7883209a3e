package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// clean makes a text from a spec fit for a comment: one space where there were several, an empty line between paragraphs,
// and nothing that could end the comment, hide in it, or turn the reading direction around. Without a line end there is no
// way out of a // comment.
func clean(text string) string {
	text = strings.ToValidUTF8(plain(text), "\uFFFD")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, text)
	var paragraphs []string
	var words []string
	flush := func() {
		if len(words) > 0 {
			paragraphs = append(paragraphs, strings.Join(words, " "))
			words = nil
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			flush()
		}
		words = append(words, fields...)
	}
	flush()
	return strings.Join(paragraphs, "\n\n")
}

// oneLine is clean for a place that has no paragraphs.
func oneLine(text string) string { return strings.ReplaceAll(clean(text), "\n\n", " ") }

// sentence ends a text with a stop.
func sentence(text string) string {
	text = clean(text)
	if text == "" || strings.ContainsRune(".!?:", rune(text[len(text)-1])) {
		return text
	}
	return text + "."
}

// comment wraps a clean text into // lines that are at most width wide after the indent.
func comment(text string, width int) string {
	var b strings.Builder
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			b.WriteString("//\n")
		}
		line := ""
		for w := range strings.FieldsSeq(paragraph) {
			switch {
			case line == "" && i > 0 && strings.HasPrefix(w, "#"):
				w = "\\" + w // a heading of the spec is none of ours
			case line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > width-3:
				b.WriteString("// " + line + "\n")
				line = ""
			case line != "":
				w = " " + w
			}
			line += w
		}
		if line != "" {
			b.WriteString("// " + line + "\n")
		}
	}
	return b.String()
}

// verbs are the first words of summaries that are known to be imperatives.
var verbs = func() map[string]string {
	m := map[string]string{}
	for w := range strings.FieldsSeq(`Add Apply Assign Bulk-create Cancel Change Check Complete Confirm Connect Convert Count Create
		Deactivate Delete Disable Disconnect Download Edit Enable Export Fetch Find Follow Generate Get Import Include Install
		Link List Load Lock Make Mark Merge Move Open Pause Publish Push Read Record Refresh Register Remove Rename
		Replace Reply Request Reset Resend Restore Retrieve Return Revoke Save Schedule Search Send Set Share Show Start Stop
		Submit Sync Tell Toggle Trigger Unlink Update Upload Upsert Validate Verify View Void`) {
		switch {
		case strings.HasSuffix(w, "y"):
			m[w] = strings.ToLower(w[:len(w)-1]) + "ies"
		case strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"), strings.HasSuffix(w, "ss"):
			m[w] = strings.ToLower(w) + "es"
		default:
			m[w] = strings.ToLower(w) + "s"
		}
	}
	m["Display"] = "displays"
	return m
}()

// methodSentence joins a Go name with what the spec says about the thing, as Go's doc comments read: "Snapshots lists every …". The
// description goes first when it begins with a verb; else the summary, and the description behind it.
func methodSentence(name, summary, description string) string {
	summary, description = clean(summary), clean(description)
	if rest, ok := verbPhrase(description); ok {
		return name + " " + sentence(rest)
	}
	rest, ok := verbPhrase(summary)
	switch {
	case ok && description != "" && description != summary:
		return name + " " + sentence(rest) + "\n\n" + sentence(description)
	case ok:
		return name + " " + sentence(rest)
	case summary == "" && description == "":
		return ""
	case summary == "" || summary == description:
		return name + ": " + sentence(description)
	case description == "":
		return name + ": " + sentence(summary)
	}
	return name + ": " + sentence(summary) + "\n\n" + sentence(description)
}

// verbPhrase reads a text that begins with a verb, "Creates a …" or "Create a …", as "creates a …".
func verbPhrase(text string) (string, bool) {
	first, rest, ok := strings.Cut(text, " ")
	if !ok || strings.HasPrefix(rest, "\n") {
		return "", false
	}
	if v, ok := verbs[first]; ok {
		return v + " " + rest, true
	}
	lower := strings.ToLower(first)
	for _, v := range verbs {
		if v == lower && unicode.IsUpper(firstRune(first)) {
			return lower + " " + rest, true
		}
	}
	return "", false
}

// noun begins a sentence about a type: "PushPage is one page of …", or "PushPage: …" when it does not begin with an article.
func noun(name, description string) string {
	description = sentence(description)
	first, _, _ := strings.Cut(description, " ")
	switch {
	case description == "":
		return ""
	case first == "A" || first == "An" || first == "The" || first == "One" || first == "Every" || first == "Which" || first == "Who" || first == "How":
		return name + " is " + strings.ToLower(description[:1]) + description[1:]
	}
	return name + ": " + description
}

// list joins words for a person: "a, b or c".
func list(words []string, and string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + and + " " + words[len(words)-1]
}

func quoted(v any) string { return fmt.Sprintf("%q", fmt.Sprint(v)) }
