// Package endpoints calls the operations of the service that have to do with tokens, one by one and as they are documented. It is
// generated from spec/oauth.yaml; package oauth stands on it.
//
// What no document can say is written by hand: an answer with a token comes in two spellings, and may hold secrets, so that
// it is kept as it came ([TokenAnswer]) and read by package oauth. That also keeps secrets out of errors, and chooses between the two
// operations that there are where an operation has an address for each version.
package endpoints
