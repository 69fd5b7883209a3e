package prose

import "testing"

func TestTitlesBecomeSentences(t *testing.T) {
	v := VocabularyOf([]byte(`{"description": "the duplicate contact of a location, its task; price by id, of a product and the email sent"}` + "\n  description: a custom menu link."))
	for title, want := range map[string]string{
		"Get Duplicate Contact":            "Get a duplicate contact",
		"Get all Tasks":                    "Get all tasks",
		"Get all Stripes":                  "Get all Stripes",
		"Create Task":                      "Create a task",
		"Update Price by ID for a Product": "Update a price by ID for a product",
		"Send Email":                       "Send an email",
		"Create Stripe Task":               "Create a Stripe task",
		"Create SMS":                       "Create an SMS",
		"Delete user":                      "Delete a user",
		"Get Current Task":                 "Get the Current task",
		"List Product":                     "List product",
		"Get Contact and Task":             "Get contact and task",
		"Create a share link":              "Create a share link",
		"Get inventory":                    "Get inventory",
		"Get status":                       "Get a status",
		"Get orders":                       "Get orders",
		"Add/Remove Contacts":              "Add/Remove Contacts",
		"Contacts":                         "Contacts",
		"Get":                              "Get",
		"":                                 "",
		"Get 2FA Task":                     "Get 2FA task",
	} {
		if got := v.Sentence(title); got != want {
			t.Errorf("%q becomes %q, want %q", title, got, want)
		}
	}
}
