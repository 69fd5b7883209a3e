package sandbox

// Location is a sub-account.
type Location struct {
	ID        string         `json:"id"`
	CompanyID string         `json:"companyId"`
	Name      string         `json:"name"`
	Fields    map[string]any `json:"fields,omitempty"` // what else was sent of it, such as email
}

// Locations lists the sub-accounts, in the order in which they were made.
func (s *Sandbox) Locations() []Location { return s.State().Locations }

// Tag is a tag of a sub-account.
type Tag struct {
	ID         string `json:"id"`
	LocationID string `json:"locationId"`
	Name       string `json:"name"`
}

// CustomField is a field of a sub-account's contacts or opportunities.
type CustomField struct {
	ID         string         `json:"id"`
	LocationID string         `json:"locationId"`
	Name       string         `json:"name"`
	Fields     map[string]any `json:"fields,omitempty"` // what else was sent of it
}

// CustomValue is a value of a sub-account.
type CustomValue struct {
	ID         string `json:"id"`
	LocationID string `json:"locationId"`
	Name       string `json:"name"`
	Value      string `json:"value"`
}
