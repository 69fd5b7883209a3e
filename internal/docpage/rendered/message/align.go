package message

import (
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
)

// The weights of the alignment, which were set by hand.
const (
	wordsFit         = 2.0  // the words are usual for the status
	wordsOfAnother   = -2.0 // the words are usual for another status, unless it is a success
	exampleFits      = 4.0  // the body has an example that names this status
	exampleOfAnother = -3.0 // it names another one
	nothingFor       = -1.0 // a status gets nothing
	withoutWords     = -0.4 // a status gets no description
	tornFromWords    = -2.0 // a status gets no description, and one is directly before its section
	furtherWords     = -0.6 // each description of a status after the first
	leftOverPiece    = -5.0 // no status gets a piece
	doubtful         = 1.0  // an alignment whose score is within this distance of the best makes a status uncertain
)

// affinity returns how well a piece matches a status.
func affinity(u piece, status string) float64 {
	if u.prose != "" {
		gain := 0.0
		for _, code := range u.usualFor {
			if strings.HasPrefix(status, code) {
				return wordsFit
			}
			if code != "2" {
				gain = wordsOfAnother
			}
		}
		return gain
	}
	for _, b := range u.bodies {
		for _, e := range b.Entries {
			if (e.Name == "statusCode" || e.Name == "status") && e.Example != nil {
				if n, err := strconv.Atoi(e.Example.Text); err == nil && n >= 100 && n < 600 {
					if e.Example.Text == status {
						return exampleFits
					}
					return exampleOfAnother
				}
			}
		}
	}
	return 0
}

// align assigns each piece to a status. Nothing is printed for a status without a description, so that counting is not
// enough: the order is preserved, each status has at most one body, and the content of the pieces decides. A piece can be
// left over if its status is missing from the list; that costs most.
func align(p *page.Page, parts []Response, pieces []piece) {
	for i := range pieces {
		pieces[i].usualFor = grammar.StatusesOf(pieces[i].prose)
	}
	rows := alignment(parts, pieces)
	for i, to := len(parts), len(pieces); i > 0; i-- {
		cell := rows[i][to]
		if cell.score-cell.second < doubtful {
			parts[i-1].Doubt = sharedSections
		}
		for _, u := range pieces[cell.end:to] {
			reportPiece(p, u)
		}
		for _, u := range pieces[cell.from:cell.end] {
			assign(&parts[i-1], u)
		}
		if i == 1 {
			for _, u := range pieces[:cell.from] {
				reportPiece(p, u)
			}
		}
		to = cell.from
	}
	doubtNeighbors(parts)
}

const sharedSections = "the page has fewer sections than statuses, and does not show which section belongs to which status"

// doubtNeighbors marks a status with a body before one with nothing: the body may belong to the second, even if words of the
// first precede it, unless the body names its status.
func doubtNeighbors(parts []Response) {
	for i := 0; i+1 < len(parts); i++ {
		had, lacks := &parts[i], &parts[i+1]
		if had.Bodies == nil || had.Prose == nil || lacks.Prose != nil || lacks.Bodies != nil || lacks.Headers != nil {
			continue
		}
		if affinity(piece{bodies: had.Bodies}, had.Status) <= 0 {
			had.Doubt, lacks.Doubt = sharedSections, sharedSections
		}
	}
}

func reportPiece(p *page.Page, u piece) {
	p.Report(page.Contradiction, u.line, "a response section that belongs to no status of the list")
}

// cell is the best assignment of the first pieces to the first statuses.
type cell struct {
	score, second float64
	from, end     int // the last status takes pieces[from:end]; those from end on are left over
}

func alignment(parts []Response, pieces []piece) [][]cell {
	const never = -1e9
	rows := make([][]cell, len(parts)+1)
	for i := range rows {
		rows[i] = make([]cell, len(pieces)+1)
		for j := range rows[i] {
			rows[i][j] = cell{score: never, second: never}
		}
	}
	for j := range rows[0] {
		rows[0][j].score = leftOverPiece * float64(j)
	}
	for i, part := range parts {
		for to := range rows[i+1] {
			best := &rows[i+1][to]
			try := func(c cell) {
				switch {
				case c.score > best.score:
					c.second = best.score
					*best = c
				case c.score > best.second:
					best.second = c.score
				}
			}
			for from := to; from >= 0 && from >= to-8; from-- {
				if gain, ok := take(pieces, from, to, part.Status); ok && rows[i][from].score > never {
					try(cell{score: rows[i][from].score + gain, second: never, from: from, end: to})
				}
			}
			if to > 0 && rows[i+1][to-1].score > never {
				before := rows[i+1][to-1]
				try(cell{score: before.score + leftOverPiece, second: never, from: before.from, end: before.end})
			}
		}
	}
	return rows
}

// take returns the score of a run of pieces as the section of one status: descriptions, then headers, then a body.
func take(all []piece, from, to int, status string) (gain float64, ok bool) {
	pieces := all[from:to]
	if len(pieces) == 0 {
		return nothingFor, true
	}
	paragraphs, stage := 0, 0
	for _, u := range pieces {
		now := 0
		switch {
		case u.bodies != nil:
			now = 2
		case u.headers != nil:
			now = 1
		}
		if now < stage || now == stage && now > 0 {
			return 0, false
		}
		stage = now
		if now == 0 {
			paragraphs++
		}
		gain += affinity(u, status)
	}
	if paragraphs == 0 && from > 0 && all[from-1].prose != "" {
		gain += tornFromWords
	} else if paragraphs == 0 {
		gain += withoutWords
	} else {
		gain += furtherWords * float64(paragraphs-1)
	}
	return gain, true
}
