package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Vocabulary contains the words that a document writes in lower case within its sentences. A word that is always capitalized
// may be a name.
type Vocabulary map[string]bool

var smallWord = regexp.MustCompile(`[ "]([a-z][a-z-]+)(?:[ .,;)"]|$)`)

// VocabularyOf returns the vocabulary of a document.
func VocabularyOf(document []byte) Vocabulary {
	out := Vocabulary{}
	for line := range strings.SplitSeq(string(document), "\n") {
		for at := 0; at < len(line); {
			m := smallWord.FindStringSubmatchIndex(line[at:])
			if m == nil {
				break
			}
			out[line[at+m[2]:at+m[3]]] = true
			at += m[3] // the end of a word may be the start of the next
		}
	}
	return out
}

// Sentence rewrites the title of an operation, "Get Duplicate Contact", as it would be written in a sentence: "Get a
// duplicate contact". Text that does not begin with a verb is not changed.
func (v Vocabulary) Sentence(title string) string {
	words := strings.Fields(Clean(title))
	if len(words) < 2 || verbs[words[0]] == "" {
		return Clean(title)
	}
	rest := words[1:]
	if isTitle(rest) {
		for i, word := range rest {
			if small := strings.ToLower(word); isCapitalized(word) && (v.has(strings.Trim(small, ".,;:()")) || slices.Contains(prepositions, small)) {
				rest[i] = small
			}
		}
	}
	if article := articleOf(words[0], rest); article != "" {
		words[0] += " " + article
	}
	return strings.Join(words, " ")
}

// has reports whether a word, or the singular of it, is in the vocabulary.
func (v Vocabulary) has(word string) bool { return v[word] || v[strings.TrimSuffix(word, "s")] }

// isTitle reports whether all long words begin with a capital, as in titles.
func isTitle(words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return len(word) > 3 && unicode.IsLower([]rune(word)[0]) })
}

// isCapitalized reports whether the first letter of a word is the only capital.
func isCapitalized(word string) bool {
	runes := []rune(word)
	return unicode.IsUpper(runes[0]) && !slices.ContainsFunc(runes[1:], unicode.IsUpper)
}

var (
	prepositions = strings.Fields("by for about where when of from to in into on onto with without via at as per using within under between after before and or is are")
	// noArticle are words that precede a noun instead of an article, that are not nouns, or that have no singular.
	noArticle = strings.Fields(`a an the all any each every some many multiple several both one two this that these those its their your my me it them us if whether how
		what when where which who up out down off ids info information data metadata access inventory content feedback progress media analytics availability existing billing usage
		support history money traffic saas software`)
	// definite are words that identify one of several.
	definite = strings.Fields("current latest last first next default same")
	// pluralVerbs are verbs whose object is not one thing.
	pluralVerbs = strings.Fields("List Search Count Export Import Find Filter Query Sync")
)

// articleOf returns the missing article of the object of a verb; "" for none.
func articleOf(verb string, words []string) string {
	end := slices.IndexFunc(words, func(word string) bool { return slices.Contains(prepositions, strings.ToLower(word)) })
	if end < 0 {
		end = len(words)
	}
	if end == 0 || end < len(words) && (words[end] == "and" || words[end] == "or") || slices.Contains(pluralVerbs, verb) {
		return ""
	}
	object := words[:end]
	noun := strings.TrimRight(object[end-1], ".,;:")
	first, last := strings.ToLower(object[0]), strings.ToLower(noun)
	switch {
	case slices.Contains(definite, first):
		return "the"
	case slices.Contains(noArticle, first), slices.Contains(noArticle, last), !isWord(last), !isWord(first), strings.ContainsAny(strings.Join(object, ""), ",;:/&+()'"):
		return ""
	case strings.HasSuffix(noun, "s") && !strings.HasSuffix(last, "ss") && !strings.HasSuffix(last, "us") && !strings.HasSuffix(last, "is"):
		return ""
	}
	return indefinite(object[0])
}

// spokenAsYou matches words that begin with a vowel, but are not pronounced so.
var spokenAsYou = regexp.MustCompile(`(?i)^(us|uni|ut|url)`)

func isWord(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
}

// indefinite returns a or an, as a word is spoken.
func indefinite(word string) string {
	letters := strings.ToUpper(word) == word // pronounced letter by letter
	switch first := unicode.ToLower([]rune(word)[0]); {
	case letters && strings.ContainsRune("aefhilmnorsx", first):
		return "an"
	case letters:
		return "a"
	case spokenAsYou.MatchString(word):
		return "a"
	case strings.ContainsRune("aeiou", first):
		return "an"
	}
	return "a"
}
