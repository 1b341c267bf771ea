package content

import (
	"io/fs"
	"time"
)

// signature is what the disk says of a file without its bytes.
type signature struct {
	size     int64
	mode     fs.FileMode
	modified int64 // nanoseconds
	identity       // what the system says besides
}

func signatureOf(info fs.FileInfo) signature {
	return signature{info.Size(), info.Mode(), info.ModTime().UnixNano(), identityOf(info)}
}

// settling is how long after a change another one may come that leaves the
// signature as it is: clocks of file systems tick, FAT's every two seconds.
const settling = 2 * time.Second

// settledAt says whether the signature can be relied on: whatever changes the
// file from now on changes the signature too. A file of the future never
// settles, and neither does any where nobody tells the time.
func (s signature) settledAt(now time.Time) bool {
	return !now.IsZero() && max(s.modified, s.changed) < now.Add(-settling).UnixNano()
}
