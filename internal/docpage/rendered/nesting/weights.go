package nesting

// The weights of the search.
var (
	keyInOrder    = 2.0   // a field is the key that comes next in the sample
	keyLater      = 1.5   // a field is a key further on in the sample
	keySkipped    = -0.3  // for each key between, up to five
	keyEarlier    = 0.3   // a field is a key further up in the sample
	keyMissing    = -2.0  // a field is not in the sample
	keyHidden     = -0.1  // a deprecated field is not in the sample, which leaves such fields out
	keyLeftOver   = -1.2  // a key of the sample is none of the fields in the object, nor of the list
	keyElsewhere  = -1.7  // a key of the sample is none of the fields in the object, and is one elsewhere in the list
	borrowed      = 0.5   // the share that a sample counts which stands elsewhere on the page
	nameTwice     = -40.0 // a name is in an object twice
	sameType      = 0.5   // the value in the sample is of the type that the label gives
	otherType     = -1.0  // it is of another type
	leafEmpty     = 1.0   // an object with nothing in it, which is empty in the sample
	leafWithKeys  = -3.0  // an object with nothing in it, which has keys in the sample
	leafNoObject  = -0.2  // an object with nothing in it, which is something else in the sample
	leafUnknown   = -1.0  // an object with nothing in it, without a sample
	leafMap       = -2.0  // an object with nothing in it before the values of a map, which is empty in the sample
	openWithKeys  = 1.0   // an object that opens, which has keys in the sample, or is empty and a map
	openEmpty     = -2.0  // an object that opens, which is empty in the sample
	openNoObject  = -1.0  // what opens is not an object by its label
	openMap       = 0.5   // an object that opens before the values of a map
	openedEmpty   = -2.0  // an object that opened as the last field
	closeUnknown  = -0.2  // an object without a sample ends
	afterValues   = -3.0  // a field after the values of a map
	afterUnion    = -1.5  // a field after a union in the same object
	unionAfter    = -2.0  // a union after a field in the same object
	variantNext   = -0.3  // a variant ends, and no name that is there twice shows it
	variantLost   = -3.0  // a variant has no fields
	variantWord   = 0.4   // a word that a field's name has in common with the title of its variant
	namelessAmong = -10.0 // a type without a name among named fields
)

// doubtful: a way to place the fields whose score comes within this of the best makes what differs uncertain.
var doubtful = 1.0

// beam is how many ways are kept from field to field.
const beam = 48
