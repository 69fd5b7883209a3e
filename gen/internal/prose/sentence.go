package prose

import (
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
)

// verbs are imperatives that summaries begin with, each with its third person.
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

// MethodSentence joins a Go name, the summary and the description of the operation into a Go doc comment: "Snapshots lists
// every …". The description comes first when it begins with a verb; otherwise the summary, and the description after it.
func (v Vocabulary) MethodSentence(name, summary, description string) string {
	summary, description = v.Sentence(summary), Clean(description)
	if isShort(description) {
		description = v.Sentence(description)
	}
	if rest, ok := verbPhrase(description); ok {
		return name + " " + Sentence(rest)
	}
	rest, ok := verbPhrase(summary)
	switch {
	case ok && description != "" && description != summary:
		return name + " " + Sentence(rest) + "\n\n" + Sentence(description)
	case ok:
		return name + " " + Sentence(rest)
	case summary == "" && description == "":
		return ""
	case summary == "" || summary == description:
		return name + ": " + Sentence(description)
	case description == "":
		return name + ": " + Sentence(summary)
	}
	return name + ": " + Sentence(summary) + "\n\n" + Sentence(description)
}

// isShort reports whether a description is more like a title.
func isShort(description string) bool {
	const most = 8
	return len(strings.Fields(description)) <= most && !strings.Contains(description, ". ")
}

// verbPhrase rewrites text that begins with a verb, "Creates a …" or "Create a …", as "creates a …".
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
		if v == lower && unicode.IsUpper(goname.FirstRune(first)) {
			return lower + " " + rest, true
		}
	}
	return "", false
}

// NounSentence returns the comment of a type: "PushPage is one page of …", or "PushPage: …" if the description does not
// begin with an article.
func NounSentence(name, description string) string {
	description = Sentence(description)
	first, _, _ := strings.Cut(description, " ")
	switch {
	case description == "":
		return ""
	case first == "A" || first == "An" || first == "The" || first == "One" || first == "Every" || first == "Which" || first == "Who" || first == "How":
		return name + " is " + strings.ToLower(description[:1]) + description[1:]
	}
	return name + ": " + description
}
