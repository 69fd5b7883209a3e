package nesting

// The weights of the search, which were set by hand. A field that is a key of its object's printed JSON is worth 2; the
// others are relative to that.
//
// The comment of a weight lists the pages that it was derived from: those of the corpus (by name) and of this package's
// tests that are read differently if the weight is zero, or the kinds of generated pages of which fewer are read exactly.
// The other weights prevent a page from being marked as uncertain.
const (
	// A field and the sample of the object that it is placed in.
	keyFits = 2.0 // it is a key:
	//              contacts__create-contact, contacts__update-contact, contacts__upsert-contact; random pages of theme 5.2
	keyMissing = -2.0 // it is not a key: sample-places-fields
	keyHidden  = -0.1 // it is not a key and is deprecated, which samples omit: random pages
	sameType   = 0.5  // the value has the type in the label: sample-places-fields
	borrowed   = 0.5  // the factor for a sample of the same name elsewhere on the page
	nameTwice  = -40.0

	// A key of the sample for which no field was placed, when an object ends.
	keyLeftOver  = -1.7 // random pages of theme 5.2
	closeUnknown = -0.2 // there is no sample

	// A field that could be an object is placed as one with nothing in it.
	leafWithKeys = -3.0 // in the sample it has keys
	leafUnknown  = -1.0 // there is no sample
	//                    conversation-ai__create-action, conversation-ai__get-action-by-id, conversation-ai__list-actions,
	//                    conversation-ai__update-action; request-examples, root-lists

	// A field is placed as an object that opens.
	openWithKeys = 1.0 // in the sample it has keys, or is empty and the values of a map come next
	openMap      = 0.5 // the values of a map come next

	// Maps, unions and types without a name.
	afterValues   = -3.0  // a field after the values of a map
	afterUnion    = -1.5  // a field after a union in the same object
	variantNext   = -0.3  // a variant ends where no repeated name shows it: twins
	variantLost   = -3.0  // a variant has no fields: discriminator; random pages of theme 5.2
	variantWord   = 0.4   // each word of a field's name that is in the title of its variant, if there are two or more
	namelessAmong = -10.0 // a type without a name among named fields: unnamed-in-union
	// variantWord:     conversation-ai__create-action, conversation-ai__get-action-by-id, conversation-ai__list-actions,
	//                  conversation-ai__update-action, conversation-ai__update-followup-settings
)

// doubtful is the distance from the best score within which another placement makes the differences between both uncertain.
const doubtful = 1.0

// beam is the number of placements that are kept from field to field.
const beam = 48
