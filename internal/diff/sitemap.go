package diff

import (
	"context"
	"encoding/xml"
	"errors"
)

// maxSitemaps bounds how many sitemaps are read of one site, which may list each
// other.
const maxSitemaps = 200

// sitemaps gives the paths in the site's sitemap, and in those that it lists;
// nil if there is none.
func (r *reading) sitemaps(ctx context.Context) (list []string, err error) {
	queue, known, from := []string{"/sitemap.xml"}, map[string]bool{"/sitemap.xml": true}, map[string]string{}
	for i := 0; i < len(queue); i++ {
		if i == maxSitemaps {
			r.site.Partial = true
			r.site.note("it has %d sitemaps: %d of them were read", len(queue), i)
			break
		}
		at := queue[i]
		paths, more, err := r.sitemap(ctx, at)
		if err != nil {
			return nil, err
		}
		if paths == nil && from[at] != "" {
			r.site.Partial = true
			r.site.note("%s names %s, which cannot be read", from[at], at)
		}
		if list = append(list, paths...); list == nil && paths != nil {
			list = paths // an empty sitemap is one
		}
		for _, p := range more {
			if !known[p] {
				known[p], from[p] = true, at
				queue = append(queue, p)
			}
		}
	}
	return list, nil
}

// sitemap gives the paths in one sitemap, nil if there is none, and the sitemaps
// that it lists.
func (r *reading) sitemap(ctx context.Context, at string) (list, more []string, err error) {
	data, err := r.Get(ctx, at)
	if _, closed := errors.AsType[*Closed](err); closed {
		return nil, nil, nil
	}
	if err != nil || data == nil {
		return nil, nil, err
	}
	var x struct {
		URLs []string `xml:"url>loc"`
		Maps []string `xml:"sitemap>loc"`
	}
	if xml.Unmarshal(data, &x) != nil {
		r.site.Partial = true
		r.site.note("%s is no sitemap", at)
		return nil, nil, nil
	}
	list = []string{}
	for _, address := range x.URLs {
		if p := r.local(address); p != "" {
			list = append(list, p)
		}
	}
	if n := len(x.URLs) - len(list); n > 0 {
		r.site.note("%s lists %d addresses outside of the site", at, n)
	}
	for _, address := range x.Maps {
		if p := r.local(address); p != "" {
			more = append(more, p)
		}
	}
	return list, more, nil
}
