package nesting

// How much each kind of evidence counts. A key of the sample in its place is the unit; the rest was weighed against it.
const (
	beam          = 48
	keyInOrder    = 2.0
	keyLater      = 1.5
	keySkipped    = 0.3
	keyEarlier    = 0.3
	keyMissing    = -2.0
	keyLeftOver   = -1.2
	nameTwice     = -40.0
	sameKind      = 0.5
	otherKind     = -1.0
	borrowed      = 0.5
	closeUnknown  = -0.2
	leafUnknown   = -1.0
	variantLost   = -3.0
	variantTurn   = -0.3
	sharedWord    = 0.4
	besideUnion   = -1.5
	behindValues  = -3.0
	misplaced     = -2.0
	bareAmong     = -10.0
	doubtfulScore = 1.0
)
