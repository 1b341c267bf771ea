package diag

import "fmt"

// Fold gives a list in which, of each code in each file, there are the first n;
// of more than one that follow, the last is a line that counts them. A log that
// was pasted as Markdown may have a broken link in each of its 18 000 lines, and
// nobody reads what is below.
func (l List) Fold(n int) List {
	type kind struct {
		file  string
		code  Code
		level Level
	}
	left := map[kind]int{}
	for _, d := range l {
		left[kind{d.File, d.Code, d.Level}]++
	}
	seen := make(map[kind]int, len(left))
	folded := make(List, 0, min(len(l), n*len(left)))
	for _, d := range l {
		k := kind{d.File, d.Code, d.Level}
		seen[k]++
		switch more := left[k] - n; {
		case seen[k] <= n || more == 1:
			folded = append(folded, d)
		case seen[k] == n+1:
			d.Message = fmt.Sprintf("there are %d more of this in the file, from here on", more)
			d.Hint = "--verbose shows them, and so do --format json and sarif"
			folded = append(folded, d)
		}
	}
	return folded
}
