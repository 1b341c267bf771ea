package diag

import "strings"

// Nearest gives the candidate that a mistyped word most likely meant, or ""
// when none is near: at most one edit for words of up to four letters, two for
// up to eight, three beyond. Case and the difference between -, _ and space do
// not count. Ties go to the earlier candidate.
func Nearest(word string, candidates []string) string {
	w := fold(word)
	best, bestDistance := "", 1+1
	switch {
	case len(w) > 8:
		bestDistance = 3 + 1
	case len(w) > 4:
		bestDistance = 2 + 1
	}
	for _, c := range candidates {
		if d := distance(w, fold(c), bestDistance); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

func fold(s string) []rune {
	folded := []rune(strings.ToLower(s))
	for i, r := range folded {
		if r == '-' || r == ' ' {
			folded[i] = '_'
		}
	}
	return folded
}

// Distance counts the insertions, deletions, replacements and swaps of
// neighbours that lead from a to b, or gives limit if it takes that many or
// more.
func Distance(a, b string, limit int) int {
	return min(distance([]rune(a), []rune(b), limit), limit)
}

// distance counts insertions, deletions, replacements and swaps of neighbours
// (optimal string alignment); it may stop early and return anything >= limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
